//! What the end-to-end tests stand on: copies of the course, and a terminal whose screen a test can read.

mod course_copy;
#[cfg(unix)]
mod terminal;

pub use course_copy::{CourseCopy, LESSON, Output, target_folder};
#[cfg(unix)]
pub use course_copy::{create_pipe, interrupt_at, write_script};
#[cfg(unix)]
pub use terminal::Terminal;
