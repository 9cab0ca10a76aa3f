// rejected: sample 9 is in no range
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let length = n / chunks;
    (0..chunks.get())
        .map(|chunk| chunk * length..(chunk + 1) * length)
        .collect()
}
