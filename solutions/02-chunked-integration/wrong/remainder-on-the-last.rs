// rejected: the shortest range has 1, the longest 5 samples
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let chunks = chunks.get().min(n);
    let Some(last) = chunks.checked_sub(1) else {
        return Vec::new();
    };
    let length = n / chunks;
    let mut ranges: Vec<Range<usize>> = (0..last)
        .map(|chunk| chunk * length..(chunk + 1) * length)
        .collect();
    ranges.push(last * length..n);
    ranges
}
