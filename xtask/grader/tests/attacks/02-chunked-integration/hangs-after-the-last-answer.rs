// attack: answers everything well, and waits for ever in a destructor when the program is about to end
// outcome: did-not-finish
use std::num::NonZeroUsize;
use std::ops::Range;
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

thread_local!(static HANGS: Hangs = const { Hangs });

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    HANGS.with(|_| ());
    model::chunk_ranges(n, chunks)
}
