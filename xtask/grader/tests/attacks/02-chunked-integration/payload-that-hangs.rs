// attack: panics with a value that waits for ever when whoever caught it drops it
// outcome: did-not-finish | failed
use std::num::NonZeroUsize;
use std::ops::Range;
use std::panic::panic_any;
use std::thread;

mod model;
pub use model::{integrate, integrate_range};

struct Hangs;

impl Drop for Hangs {
    fn drop(&mut self) {
        loop {
            thread::park();
        }
    }
}

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    panic_any(Hangs)
}
