// accepted: results pushed under a lock with their index and sorted by it; f runs outside the lock
//! Right, but every sample waits for the one lock: only the clock tells.

mod model;
pub use model::integrate_map;

use std::sync::Mutex;

use rayon::prelude::*;

pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send,
    F: Fn(&T) -> U + Sync,
{
    let results = Mutex::new(Vec::with_capacity(items.len()));
    items.par_iter().enumerate().for_each(|(i, item)| {
        let result = f(item);
        results.lock().unwrap().push((i, result));
    });
    let mut results = results.into_inner().unwrap();
    results.sort_unstable_by_key(|(i, _)| *i);
    results.into_iter().map(|(_, result)| result).collect()
}

pub fn integrate_parallel<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    let total = Mutex::new(0.0);
    (0..n).into_par_iter().for_each(|i| {
        let height = f(a + i as f64 * dx);
        *total.lock().unwrap() += height;
    });
    total.into_inner().unwrap() * dx
}
