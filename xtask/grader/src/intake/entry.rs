//! The entries of a student's folder, as values, and the rule which folders are searched.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::limits;

/// Folders that hold no submission: those of a clone of the course, and what tools leave behind.
const NO_SUBMISSIONS: [&str; 6] =
    ["lessons", "solutions", "xtask", "target", "node_modules", "__MACOSX"];

/// A file or folder below a student's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the student's folder, without `..`.
    pub path: PathBuf,
    pub kind: EntryKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKind {
    Folder,
    File,
    Link,
    /// A pipe, a socket, a device.
    Special,
    /// An entry that cannot be read, with the system's message.
    Unreadable(String),
}

/// Whether a folder is searched. Hidden folders are not.
pub fn is_searched(folder: &Path) -> bool {
    let names: Vec<_> = folder.iter().collect();
    if names.iter().copied().any(is_hidden) {
        return false;
    }
    let depth = names.len();
    let src = names.iter().position(|name| *name == "src");
    let mut around = names[..src.unwrap_or(depth)].iter();
    if around.any(|name| NO_SUBMISSIONS.iter().any(|skipped| name == skipped)) {
        return false;
    }
    match src {
        Some(src) => src <= limits::SEARCH_DEPTH && depth - src - 1 <= limits::SOURCE_DEPTH,
        None => depth <= limits::SEARCH_DEPTH,
    }
}

/// Whether a file is hidden, as `.git`, `.DS_Store`, and the `._lib.rs` that macOS adds to archives.
pub fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_of_the_course_is_searched_for_exercises_only_and_not_too_deep() {
        for (folder, entered) in [
            ("many-hands/exercises/02-chunked-integration/src/chunks", true),
            ("many-hands/lessons", false),
            ("many-hands/solutions/02-chunked-integration", false),
            ("many-hands/solutions/src", false),
            ("many-hands/target", false),
            ("many-hands/.git", false),
            ("02-chunked-integration/src/.hidden", false),
            // Inside `src` the name may be a module's.
            ("02-chunked-integration/src/solutions", true),
            ("a/b/c/d/src", true),
            ("a/b/c/d/src/1/2/3/4/5/6/7/8", true),
            ("a/b/c/d/e", false),
            ("a/b/c/d/e/src", false),
            ("src/1/2/3/4/5/6/7/8/9", false),
        ] {
            assert_eq!(is_searched(Path::new(folder)), entered, "{folder}");
        }
    }
}
