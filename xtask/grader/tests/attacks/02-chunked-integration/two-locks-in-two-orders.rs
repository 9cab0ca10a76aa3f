// attack: two threads each hold the lock that the other one waits for
// outcome: did-not-finish
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::Barrier;
use std::sync::Mutex;
use std::thread;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let (one, other, both) = (Mutex::new(0), Mutex::new(0), Barrier::new(2));
    let lock_in_order = |first: &Mutex<usize>, second: &Mutex<usize>| {
        let first = first.lock().unwrap();
        both.wait();
        *first + *second.lock().unwrap()
    };
    thread::scope(|scope| {
        scope.spawn(|| lock_in_order(&one, &other));
        scope.spawn(|| lock_in_order(&other, &one));
    });
    model::chunk_ranges(n, chunks)
}
