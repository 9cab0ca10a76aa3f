// rejected: overflow
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let chunks = chunks.get().min(n);
    (0..chunks)
        .map(|chunk| chunk * n / chunks..(chunk + 1) * n / chunks)
        .collect()
}
