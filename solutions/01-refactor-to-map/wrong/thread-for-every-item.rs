// rejected: a pool of one, 64 calls of f: on 64 threads | failed to spawn thread
//! Starts a thread for each item, however many the caller wanted.

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
    thread::scope(|scope| {
        let handles: Vec<_> = items
            .iter()
            .map(|item| scope.spawn(move || f(item)))
            .collect();
        handles
            .into_iter()
            .map(|handle| handle.join().unwrap())
            .collect()
    })
}
