// attack: locks a lock twice
// outcome: did-not-finish
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::Mutex;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let lock = Mutex::new(n);
    let first = lock.lock().unwrap();
    let second = lock.lock().unwrap();
    assert_eq!(*first, *second);
    model::chunk_ranges(n, chunks)
}
