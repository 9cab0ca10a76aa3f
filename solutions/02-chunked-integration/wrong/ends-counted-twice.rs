// rejected: sample 4 is in two ranges: [0..5, 4..8, 7..10]
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

/// The ranges end at the first sample of the next, as if their end were not counted already.
pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let ranges = model::chunk_ranges(n, chunks);
    ranges
        .into_iter()
        .map(|range| range.start..(range.end + 1).min(n))
        .collect()
}
