// rejected: n = 18446744073709551615
// rejected: is in no range
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

/// What `chunk * n / chunks` gives where overflow is not checked.
pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let chunks = chunks.get().min(n);
    let start_of = |chunk: usize| chunk.wrapping_mul(n) / chunks;
    (0..chunks)
        .map(|chunk| start_of(chunk)..start_of(chunk + 1))
        .collect()
}
