// rejected: n = 0
// rejected: ranges: 1, empty ones: 1
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let mut ranges = vec![0..n];
    for remaining in (2..=chunks.get().min(n)).rev() {
        let Range { start, end } = ranges.pop().unwrap();
        let middle = start + (end - start) / remaining;
        ranges.push(start..middle);
        ranges.push(middle..end);
    }
    ranges
}
