// rejected: the shortest range has 2, the longest 4 samples
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let length = n.div_ceil(chunks.get()).max(1);
    (0..n)
        .step_by(length)
        .map(|start| start..(start + length).min(n))
        .collect()
}
