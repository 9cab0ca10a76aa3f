// attack: says that it is a program, with a `main` that does nothing
// outcome: passed
#![crate_type = "bin"]

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub fn main() {}
