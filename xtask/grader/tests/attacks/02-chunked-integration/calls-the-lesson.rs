// attack: uses the crate of the lesson
// outcome: did-not-compile
// words: lesson
extern crate lesson_chunked_integration;

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub use lesson_chunked_integration::split;
