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
    fn fmt(&self, words: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Link(path) => {
                write!(
                    words,
                    "`{path}` is a link, and links are not followed: hand in what it points to"
                )
            }
            Self::Special(path) => write!(words, "`{path}` is neither a file nor a folder"),
            Self::Unreadable(path, why) => write!(words, "`{path}` cannot be read: {why}"),
            Self::NotUtf8(path) => write!(words, "`{path}` is not text in UTF-8"),
            Self::UnfitName(path) => write!(
                words,
                "the name of `{path}` is too long or has invisible characters: rename it"
            ),
            Self::TooDeep(path) => write!(
                words,
                "`{path}` is too deep: only {} nested folders are searched",
                limits::SOURCE_DEPTH
            ),
            Self::TooLarge(path) => write!(
                words,
                "`{path}` is larger than {} KiB",
                limits::FILE_BYTES / 1024
            ),
            Self::TooLargeTogether => write!(
                words,
                "its files together are larger than {} KiB",
                limits::TOTAL_BYTES / 1024
            ),
            Self::TooManyFiles => {
                write!(words, "it has more than {} files of code", limits::FILES)
            }
            Self::TooManyEntries => write!(
                words,
                "the student's folder holds more than {} files and folders: hand in only the folders of the lessons",
                limits::ENTRIES
            ),
            Self::Empty => write!(words, "the student's folder is empty"),
            Self::NoCode(place) => write!(words, "`{place}` has no `src/lib.rs`"),
            Self::NoLesson => write!(
                words,
                "no folder with `src/lib.rs` has the name of a lesson"
            ),
            Self::UnknownLesson(path) => {
                write!(words, "this course has no lesson with the name of `{path}`")
            }
            Self::NotHandedIn(lesson) => {
                write!(
                    words,
                    "there is no folder `{lesson}` with `src/lib.rs` in it"
                )
            }
            Self::Unnumbered(path) => write!(
                words,
                "it is not clear which lesson `{path}` is for: put it into a folder with the lesson's name"
            ),
            Self::Twice(one, other) => write!(
                words,
                "both `{one}` and `{other}` are for this lesson: hand in one of them"
            ),
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
