// rejected: on 64 threads one after another: is each waited for too early?
//! Iterators are lazy: each thread is joined before the next one is started.

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
        items
            .iter()
            .map(|item| scope.spawn(move || f(item)))
            .map(|handle| handle.join().unwrap())
            .collect()
    })
}
