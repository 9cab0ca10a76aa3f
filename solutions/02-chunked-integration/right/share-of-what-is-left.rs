// accepted: each chunk takes its share of what is left, so the longer ranges come last
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let mut start = 0;
    (1..=chunks.get().min(n))
        .rev()
        .map(|chunks_left| {
            let end = start + (n - start) / chunks_left;
            let range = start..end;
            start = end;
            range
        })
        .collect()
}
