// rejected: capacity overflow
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let mut ranges = Vec::with_capacity(chunks.get());
    ranges.extend(model::chunk_ranges(n, chunks));
    ranges
}
