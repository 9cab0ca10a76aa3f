// attack: starts its own program two thousand times, without waiting for any
// outcome: forbidden
// words: process
use std::env::args_os;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::process::Command;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let program = args_os().next().unwrap();
    for _ in 0..2000 {
        let _ = Command::new(&program).spawn();
    }
    model::chunk_ranges(n, chunks)
}
