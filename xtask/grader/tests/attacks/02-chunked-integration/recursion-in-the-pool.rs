// attack: calls itself without end on a thread of the pool
// outcome: stack-overflow
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

fn deeper(n: usize) -> usize {
    let (one, other) = rayon::join(|| black_box(n), || deeper(black_box(n.wrapping_add(1))));
    black_box([one; 64])[n % 64] + other
}

pub fn chunk_ranges(n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    vec![0..deeper(n)]
}
