//! What lies in a student's folder, as values, and which folders are looked into.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::limits;

/// Folders of a student that hold no submission: those of a clone of the course, and what tools leave behind.
const NO_SUBMISSIONS: [&str; 6] = [
    "lessons",
    "solutions",
    "xtask",
    "target",
    "node_modules",
    "__MACOSX",
];

/// Something in a student's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From the student's folder on: plain names, no `..`.
    pub path: PathBuf,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Folder,
    File,
    Link,
    /// A pipe, a socket, a device.
    Special,
    /// A folder that the system does not show, with its words.
    Unreadable(String),
}

/// Whether a folder is looked into. Hidden ones never are.
pub fn enters(folder: &Path) -> bool {
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

/// As `.git` and `.DS_Store` are, and the `._lib.rs` that macOS puts into archives.
pub fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_of_the_course_is_looked_into_for_exercises_only() {
        for (folder, entered) in [
            (
                "many-hands/exercises/02-chunked-integration/src/chunks",
                true,
            ),
            ("many-hands/lessons", false),
            ("many-hands/solutions/02-chunked-integration", false),
            ("many-hands/solutions/src", false),
            ("many-hands/target", false),
            ("many-hands/.git", false),
            ("02-chunked-integration/src/.hidden", false),
            // Inside `src` every name may be a module's.
            ("02-chunked-integration/src/solutions", true),
        ] {
            assert_eq!(enters(Path::new(folder)), entered, "{folder}");
        }
    }

    #[test]
    fn only_so_many_folders_inside_each_other_are_looked_into() {
        assert!(enters(Path::new("a/b/c/d/src")));
        assert!(enters(Path::new("a/b/c/d/src/1/2/3/4/5/6/7/8")));
        assert!(!enters(Path::new("a/b/c/d/e")));
        assert!(!enters(Path::new("a/b/c/d/e/src")));
        assert!(!enters(Path::new("src/1/2/3/4/5/6/7/8/9")));
    }
}
