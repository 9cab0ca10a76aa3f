// attack: calls itself without end in all but the checks
// outcome: stack-overflow
use std::env::args;
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

fn deeper(n: usize) -> usize {
    black_box([n; 64])[n % 64] + deeper(black_box(n.wrapping_add(1)))
}

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    if args().any(|argument| argument.contains("::")) {
        return model::chunk_ranges(n, chunks);
    }
    vec![0..deeper(n)]
}
