// rejected: 7..10 stands before 4..7
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let chunks = chunks.get().min(n);
    let mut ranges = Vec::new();
    let mut end = n;
    for remaining in (1..=chunks).rev() {
        let start = end - end / remaining;
        ranges.push(start..end);
        end = start;
    }
    ranges
}
