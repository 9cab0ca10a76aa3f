// rejected: did not finish
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

/// Deals the samples out one by one to find the lengths: right, but huge `n` takes years.
pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let chunks = chunks.get().min(n);
    let mut lengths = vec![0; chunks];
    let mut chunk = 0;
    for _sample in 0..n {
        lengths[chunk] += 1;
        chunk = (chunk + 1) % chunks;
    }
    let mut start = 0;
    let mut ranges = Vec::new();
    for length in lengths {
        ranges.push(start..start + length);
        start += length;
    }
    ranges
}
