//! What a package's sources and checks say, as a number.

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::files::files_below;

/// Whether a file of this path in a package's `src` is a student's, and not one that an editor keeps beside it.
pub fn is_source(file: &Path) -> bool {
    let is_hidden = |part: &OsStr| part.as_encoded_bytes().starts_with(b".");
    file.extension().is_some_and(|extension| extension == "rs") && !file.iter().any(is_hidden)
}

/// A number that stands for the content of a package's `src` and `tests`; `None` if they cannot be read, or if there is no
/// code, as in the moment in which some editors replace it.
///
/// Only what is called like a Rust source counts: an editor's copies beside it come and go without a save.
pub fn fingerprint(package: &Path) -> Option<u64> {
    let mut files = files_below(&package.join("src")).ok()?;
    files.extend(files_below(&package.join("tests")).ok()?);
    files.retain(|file| file.strip_prefix(package).is_ok_and(is_source));
    if !files.contains(&package.join("src/lib.rs")) {
        return None;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.strip_prefix(package).ok()?.hash(&mut hasher);
        fs::read(&file).ok()?.hash(&mut hasher);
    }
    Some(hasher.finish())
}
