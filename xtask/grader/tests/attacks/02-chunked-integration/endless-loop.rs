// attack: computes for ever
// outcome: did-not-finish
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let mut turns = 0_usize;
    loop {
        turns = black_box(turns.wrapping_add(1));
    }
}
