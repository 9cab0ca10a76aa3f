// rejected: results in the order of the items
//! A lock makes the push safe; the results come in the order in which the threads finish.

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
    let results = Mutex::new(Vec::new());
    items.par_iter().for_each(|item| {
        let result = f(item);
        results.lock().unwrap().push(result);
    });
    results.into_inner().unwrap()
}
