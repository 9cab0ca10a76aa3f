// attack: answers well, and prints what it does, as students do
// outcome: passed
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    println!("{n} samples, {chunks} chunks");
    eprint!("no end of the line");
    model::chunk_ranges(n, chunks)
}
