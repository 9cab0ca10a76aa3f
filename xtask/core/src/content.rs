//! What a package's sources and checks say, as a number.

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

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
    let mut files = Vec::new();
    let mut folders = vec![package.join("src"), package.join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).ok()? {
            let entry = entry.ok()?;
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if is_source(Path::new(&entry.file_name())) {
                files.push(path);
            }
        }
    }
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
