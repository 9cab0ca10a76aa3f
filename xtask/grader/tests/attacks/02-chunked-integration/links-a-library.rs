// attack: links a library of the system that it names itself
// outcome: did-not-compile
// words: unsafe
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

#[link(name = "m")]
unsafe extern "C" {}
