// rejected: there is no sample 11: [0..4, 4..8, 8..12]
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let length = n.div_ceil(chunks.get());
    (0..chunks.get())
        .map(|chunk| chunk * length..(chunk + 1) * length)
        .collect()
}
