//! Why a submission is not taken in, in words for the student.

use std::fmt::{self, Display};
use std::path::Path;

use super::limits;
use crate::sanitize;

/// Why a submission is not taken in. Paths are fit to be shown, and begin in the student's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    Link(String),
    /// A pipe, a socket, a device.
    Special(String),
    /// The system's own words are the second.
    Unreadable(String, String),
    NotUtf8(String),
    /// The name is escaped.
    UnfitName(String),
    TooDeep(String),
    TooLarge(String),
    TooLargeTogether,
    TooManyFiles,
    TooManyEntries,
    /// The student's whole folder.
    Empty,
    /// There is a folder for the lesson, without `lib.rs`.
    NoCode(String),
    /// Nothing in the student's folder is called as a lesson.
    NoLesson,
    /// Something is called like a lesson, but none of this course.
    UnknownLesson(String),
    /// The one lesson that is asked for is not in the student's folder.
    NotHandedIn(String),
    /// There is code, but no lesson's name around it.
    Unnumbered(String),
    /// Two places of one lesson.
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
                "`{path}` has a name that is too long or has characters that cannot be shown: rename it"
            ),
            Self::TooDeep(path) => write!(
                words,
                "`{path}` lies too deep: {} folders inside each other are looked into",
                limits::SOURCE_DEPTH
            ),
            Self::TooLarge(path) => write!(
                words,
                "`{path}` is larger than {} KiB",
                limits::FILE_BYTES / 1024
            ),
            Self::TooLargeTogether => write!(
                words,
                "its files are larger than {} KiB together",
                limits::TOTAL_BYTES / 1024
            ),
            Self::TooManyFiles => {
                write!(words, "it has more than {} files of code", limits::FILES)
            }
            Self::TooManyEntries => write!(
                words,
                "the student's folder holds more than {} files and folders: hand in the lessons' folders alone",
                limits::ENTRIES
            ),
            Self::Empty => write!(words, "the student's folder is empty"),
            Self::NoCode(place) => write!(words, "`{place}` has no `src/lib.rs`"),
            Self::NoLesson => write!(
                words,
                "no folder is called as a lesson of this course with `src/lib.rs` in it"
            ),
            Self::UnknownLesson(path) => {
                write!(
                    words,
                    "this course has no lesson that is called as `{path}` is"
                )
            }
            Self::NotHandedIn(lesson) => {
                write!(
                    words,
                    "no folder is called `{lesson}` with `src/lib.rs` in it"
                )
            }
            Self::Unnumbered(path) => write!(
                words,
                "nothing tells which lesson `{path}` is for: put it into a folder called as the lesson"
            ),
            Self::Twice(one, other) => write!(
                words,
                "both `{one}` and `{other}` are for this lesson: hand in one of them"
            ),
        }
    }
}

/// A path below the student's folder as it is shown: with forward slashes, and nothing in it that is no plain text; `.`
/// for that folder itself.
pub fn shown(path: &Path) -> String {
    if path.as_os_str().is_empty() {
        return ".".to_owned();
    }
    let parts: Vec<_> = path.iter().map(sanitize::name).collect();
    parts.join("/")
}
