// accepted: chunk * n / chunks in u128, where it cannot overflow; the longer ranges lie scattered
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let chunks = chunks.get().min(n);
    let start_of = |chunk: usize| (chunk as u128 * n as u128 / chunks as u128) as usize;
    (0..chunks)
        .map(|chunk| start_of(chunk)..start_of(chunk + 1))
        .collect()
}
