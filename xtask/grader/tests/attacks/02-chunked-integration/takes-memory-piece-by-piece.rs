// attack: takes 16 GB, a mebibyte at a time, and never gives any back
// outcome: out-of-memory | did-not-finish
use std::hint::black_box;
use std::mem::forget;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    for _ in 0..16 << 10 {
        forget(black_box(vec![1_u8; 1 << 20]));
    }
    model::chunk_ranges(n, chunks)
}
