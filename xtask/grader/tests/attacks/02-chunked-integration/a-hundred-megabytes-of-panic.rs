// attack: panics with a hundred megabytes of words
// outcome: failed | flooded
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    panic!("{}", "x".repeat(100_000_000))
}
