// attack: aborts the process
// outcome: crashed
use std::num::NonZeroUsize;
use std::ops::Range;
use std::process::abort;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    abort()
}
