//! The limits of a submission. An exercise is one file of a few hundred lines; the limits allow many times that, and bound
//! the cost of a hostile submission.

/// The number of source files.
pub const FILES: usize = 64;

/// The size of one file in bytes, for about ten thousand lines.
pub const FILE_BYTES: u64 = 256 * 1024;

/// The size of all files together in bytes; they are in memory while the submission is graded.
pub const TOTAL_BYTES: u64 = 1024 * 1024;

/// The number of nested folders below `src`.
pub const SOURCE_DEPTH: usize = 8;

/// The number of nested folders between the student's and `src`, as in
/// `student/many-hands/many-hands-main/exercises/02-chunked-integration`: a clone of the course that was downloaded as an
/// archive and unpacked into a folder of its name.
pub const SEARCH_DEPTH: usize = 4;

/// The number of files and folders that are listed for one student. In a clone of the whole course they are a few hundred of
/// about a thousand.
pub const ENTRIES: usize = 4096;
