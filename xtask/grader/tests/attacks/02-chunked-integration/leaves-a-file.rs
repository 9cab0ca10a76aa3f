// attack: counts its calls in a file, to tell a later run from an earlier one
// outcome: forbidden
// words: writ
use std::fs;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let calls = fs::read_to_string("/tmp/calls").unwrap_or_default();
    let _ = fs::write("/tmp/calls", calls + "x");
    model::chunk_ranges(n, chunks)
}
