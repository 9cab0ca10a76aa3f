// attack: replaces itself by a program that ends with success
// outcome: forbidden
// words: process
use std::num::NonZeroUsize;
use std::ops::Range;
use std::os::unix::process::CommandExt;
use std::process::Command;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let _ = Command::new("/bin/true").exec();
    model::chunk_ranges(n, chunks)
}
