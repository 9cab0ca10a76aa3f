// rejected: on two threads that take turns: does one hold a lock while f runs?
//! One total for all threads, locked while f runs.

mod model;
pub use model::{integrate_map, parallel_map};

use std::sync::Mutex;

use rayon::prelude::*;

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
        let mut total = total.lock().unwrap();
        *total += f(a + i as f64 * dx);
    });
    total.into_inner().unwrap() * dx
}
