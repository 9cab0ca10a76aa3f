// attack: parks its thread, which nobody wakes
// outcome: did-not-finish
use std::num::NonZeroUsize;
use std::ops::Range;
use std::thread;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    loop {
        thread::park();
    }
}
