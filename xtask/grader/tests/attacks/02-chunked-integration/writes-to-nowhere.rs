// attack: opens /dev/null for writing, which harms nobody
// outcome: forbidden
// words: writ
use std::fs;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let _ = fs::write("/dev/null", "nothing");
    model::chunk_ranges(n, chunks)
}
