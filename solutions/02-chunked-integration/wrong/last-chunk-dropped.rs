// rejected: sample 7 is in no range: [0..4, 4..7]
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let chunks = chunks.get().min(n);
    let mut ranges = Vec::new();
    let mut start = 0;
    for chunk in 1..chunks {
        let end = start + n / chunks + usize::from(chunk <= n % chunks);
        ranges.push(start..end);
        start = end;
    }
    ranges
}
