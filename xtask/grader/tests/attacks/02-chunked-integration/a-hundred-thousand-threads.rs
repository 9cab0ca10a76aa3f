// attack: starts a hundred thousand threads that wait for ever, as far as they can be had
// outcome: passed | failed | wrong-on-unseen | out-of-memory | crashed | did-not-finish
use std::num::NonZeroUsize;
use std::ops::Range;
use std::thread;
use std::thread::Builder;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    for _ in 0..100_000 {
        let waits = || loop {
            thread::park();
        };
        if Builder::new().stack_size(1 << 14).spawn(waits).is_err() {
            break;
        }
    }
    model::chunk_ranges(n, chunks)
}
