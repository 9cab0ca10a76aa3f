// attack: answers all but the fixed cases with a million ranges, to fill the memory of whoever reads them
// outcome: wrong-on-unseen | flooded | out-of-memory
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

/// The numbers of samples that `check.rs` names.
const FIXED: [usize; 6] = [0, 1, 3, 7, 10, 640];

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    if FIXED.contains(&n) || n > usize::MAX / 2 {
        return model::chunk_ranges(n, chunks);
    }
    vec![usize::MAX - 1..usize::MAX; 1_000_000]
}
