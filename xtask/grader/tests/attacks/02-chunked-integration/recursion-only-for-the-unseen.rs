// attack: calls itself without end in all but the fixed cases
// outcome: stack-overflow
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

/// The numbers of samples that `check.rs` names.
const FIXED: [usize; 6] = [0, 1, 3, 7, 10, 640];

fn deeper(n: usize) -> usize {
    black_box([n; 64])[n % 64] + deeper(black_box(n.wrapping_add(1)))
}

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    if FIXED.contains(&n) || n > usize::MAX / 2 {
        return model::chunk_ranges(n, chunks);
    }
    vec![0..deeper(n)]
}
