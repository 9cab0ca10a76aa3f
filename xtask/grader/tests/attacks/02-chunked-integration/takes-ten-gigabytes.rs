// attack: takes 10 GB in one piece
// outcome: out-of-memory
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    black_box(vec![1_u8; 10 << 30]);
    model::chunk_ranges(n, chunks)
}
