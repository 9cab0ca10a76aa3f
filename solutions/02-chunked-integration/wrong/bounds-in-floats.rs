// rejected: n = 18446744073709551615
// rejected: the shortest range has
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let chunks = chunks.get().min(n);
    let length = n as f64 / chunks as f64;
    let start_of = |chunk: usize| (chunk as f64 * length) as usize;
    (0..chunks)
        .map(|chunk| start_of(chunk)..start_of(chunk + 1))
        .collect()
}
