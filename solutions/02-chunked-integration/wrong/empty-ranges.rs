// rejected: ranges: 5, empty ones: 2
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    if n == 0 {
        return Vec::new();
    }
    let mut ranges = Vec::new();
    let mut start = 0;
    for chunk in 0..chunks.get() {
        let end = start + n / chunks + usize::from(chunk < n % chunks);
        ranges.push(start..end);
        start = end;
    }
    ranges
}
