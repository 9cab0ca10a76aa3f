// attack: takes every file descriptor that can be had
// outcome: passed | failed | wrong-on-unseen
use std::io;
use std::mem::forget;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::os::fd::AsFd;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    while let Ok(copy) = io::stdin().as_fd().try_clone_to_owned() {
        forget(copy);
    }
    model::chunk_ranges(n, chunks)
}
