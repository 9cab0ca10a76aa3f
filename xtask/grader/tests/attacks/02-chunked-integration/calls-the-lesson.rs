// attack: uses the lesson's crate, which holds the questions
// outcome: did-not-compile
// words: lesson
extern crate lesson_chunked_integration;

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub use lesson_chunked_integration::questions;
