// attack: panics with a value that panics again when whoever caught it drops it
// outcome: did-not-finish | failed | crashed
use std::num::NonZeroUsize;
use std::ops::Range;
use std::panic::panic_any;

mod model;
pub use model::{integrate, integrate_range};

struct PanicsAgain;

impl Drop for PanicsAgain {
    fn drop(&mut self) {
        panic_any(PanicsAgain)
    }
}

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    panic_any(PanicsAgain)
}
