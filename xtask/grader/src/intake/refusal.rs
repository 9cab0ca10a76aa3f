//! Explains to the student why a submission is not read.

use std::fmt::{self, Display};
use std::path::Path;

use super::limits;
use crate::sanitize;

/// The reason why a submission is not read. Paths are sanitized, and relative to the student's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    Link(String),
    /// A pipe, a socket, a device.
    Special(String),
    /// A path, and the system's message.
    Unreadable(String, String),
    NotUtf8(String),
    UnfitName(String),
    TooDeep(String),
    TooLarge(String),
    TooLargeTogether,
    TooManyFiles,
    TooManyEntries,
    /// The student's folder is empty.
    Empty,
    /// A lesson's folder without `lib.rs`.
    NoCode(String),
    /// No folder has the name of a lesson.
    NoLesson,
    /// A folder named like a lesson that this course does not have.
    UnknownLesson(String),
    /// The only lesson to grade is not in the student's folder.
    NotHandedIn(String),
    /// Code in a folder without the name of a lesson.
    Unnumbered(String),
    /// Two folders for one lesson.
    Twice(String, String),
}

impl Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        use limits::{ENTRIES, FILES, SOURCE_DEPTH};
        const FILE_KIB: u64 = limits::FILE_BYTES / 1024;
        const TOTAL_KIB: u64 = limits::TOTAL_BYTES / 1024;
        match self {
            Self::Link(path) => write!(
                f,
                "`{path}` is a link, and links are not followed: hand in what it points to"
            ),
            Self::Special(path) => write!(f, "`{path}` is neither a file nor a folder"),
            Self::Unreadable(path, why) => write!(f, "`{path}` cannot be read: {why}"),
            Self::NotUtf8(path) => write!(f, "`{path}` is not text in UTF-8"),
            Self::UnfitName(path) => {
                write!(f, "the name of `{path}` is too long or has invisible characters: rename it")
            }
            Self::TooDeep(path) => {
                write!(f, "`{path}` is too deep: only {SOURCE_DEPTH} nested folders are searched")
            }
            Self::TooLarge(path) => write!(f, "`{path}` is larger than {FILE_KIB} KiB"),
            Self::TooLargeTogether => {
                write!(f, "its files together are larger than {TOTAL_KIB} KiB")
            }
            Self::TooManyFiles => write!(f, "it has more than {FILES} files of code"),
            Self::TooManyEntries => write!(
                f,
                "the student's folder holds more than {ENTRIES} files and folders: hand in only the folders of the lessons"
            ),
            Self::Empty => write!(f, "the student's folder is empty"),
            Self::NoCode(place) => write!(f, "`{place}` has no `src/lib.rs`"),
            Self::NoLesson => write!(f, "no folder with `src/lib.rs` has the name of a lesson"),
            Self::UnknownLesson(path) => {
                write!(f, "this course has no lesson with the name of `{path}`")
            }
            Self::NotHandedIn(lesson) => {
                write!(f, "there is no folder `{lesson}` with `src/lib.rs` in it")
            }
            Self::Unnumbered(path) => write!(
                f,
                "it is not clear which lesson `{path}` is for: put it into a folder with the lesson's name"
            ),
            Self::Twice(one, other) => {
                write!(f, "both `{one}` and `{other}` are for this lesson: hand in one of them")
            }
        }
    }
}

/// The sanitized text of a path below the student's folder, with forward slashes; `.` for that folder itself.
pub fn display_path(path: &Path) -> String {
    if path.as_os_str().is_empty() {
        return ".".to_owned();
    }
    let parts: Vec<_> = path.iter().map(sanitize::name).collect();
    parts.join("/")
}
