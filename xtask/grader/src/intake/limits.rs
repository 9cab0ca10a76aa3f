//! How much of a submission is taken in. An exercise is one file of some hundred lines; the limits leave room for many
//! times that, and keep what a hostile submission costs small.

/// Files of code in one submission.
pub const FILES: usize = 64;

/// Of one file: some ten thousand lines.
pub const FILE_BYTES: u64 = 256 * 1024;

/// Of all files of one submission: held in memory while it is graded.
pub const TOTAL_BYTES: u64 = 1024 * 1024;

/// Folders inside each other below `src`.
pub const SOURCE_DEPTH: usize = 8;

/// Folders between the student's and `src`, as in
/// `student/many-hands/many-hands-main/exercises/02-chunked-integration`: a clone of the course, downloaded as an
/// archive and unpacked into a folder of its name.
pub const SEARCH_DEPTH: usize = 4;

/// Files and folders looked at for one student. A clone of the whole course has about a thousand, of which some hundred
/// are looked at.
pub const ENTRIES: usize = 4096;
