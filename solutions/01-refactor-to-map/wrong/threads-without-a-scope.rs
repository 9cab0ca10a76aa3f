// rejected: borrowed data escapes outside of function
//! A thread that is not scoped may outlive the slice it reads.

mod model;
pub use model::{integrate_map, integrate_parallel};

use std::thread;

pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send,
    F: Fn(&T) -> U + Sync,
{
    let f = &f;
    let length = items.len().div_ceil(2).max(1);
    let handles: Vec<_> = items
        .chunks(length)
        .map(|chunk| thread::spawn(move || chunk.iter().map(f).collect::<Vec<U>>()))
        .collect();
    handles
        .into_iter()
        .flat_map(|handle| handle.join().unwrap())
        .collect()
}
