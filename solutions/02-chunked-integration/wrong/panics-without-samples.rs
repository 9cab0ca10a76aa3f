// rejected: divisor of zero
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let chunks = chunks.get().min(n);
    let longer = n % chunks;
    let mut start = 0;
    let mut ranges = Vec::new();
    for chunk in 0..chunks {
        let end = start + n / chunks + usize::from(chunk < longer);
        ranges.push(start..end);
        start = end;
    }
    ranges
}
