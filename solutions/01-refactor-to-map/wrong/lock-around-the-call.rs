// rejected: on two threads that take turns: does one hold a lock while f runs?
//! Puts each result in its place, but calls f while it holds the one lock.

mod model;
pub use model::{integrate_map, integrate_parallel};

use std::sync::Mutex;

use rayon::prelude::*;

pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send,
    F: Fn(&T) -> U + Sync,
{
    let results: Vec<Option<U>> = items.iter().map(|_| None).collect();
    let results = Mutex::new(results);
    items.par_iter().enumerate().for_each(|(i, item)| {
        let mut results = results.lock().unwrap();
        results[i] = Some(f(item));
    });
    let results = results.into_inner().unwrap();
    results.into_iter().flatten().collect()
}
