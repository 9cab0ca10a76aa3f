// attack: counts the samples one after the other, and begins again at the end
// outcome: did-not-finish
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    (0..n)
        .cycle()
        .filter(|sample| black_box(*sample) == n)
        .map(|end| 0..end)
        .take(chunks.get())
        .collect()
}
