// attack: calls itself without end
// outcome: stack-overflow
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

fn deeper(n: usize) -> usize {
    black_box([n; 64])[n % 64] + deeper(black_box(n.wrapping_add(1)))
}

pub fn chunk_ranges(n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    vec![0..deeper(n)]
}
