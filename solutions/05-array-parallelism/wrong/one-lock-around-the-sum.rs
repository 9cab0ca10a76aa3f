// rejected: parallel_has_two_threads_inside_f_at_once
// rejected: two threads that take turns; does one hold a lock while it computes?
//! One sum for all threads, locked while f runs.

mod model;
pub use model::{distances, integrate_expression, integrate_fused, survey};

use std::sync::Mutex;

use ndarray::{ArrayView1, Zip};

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let sum = Mutex::new(0.0);
    Zip::from(xs).par_for_each(|&x| {
        let mut sum = sum.lock().unwrap();
        *sum += f(x);
    });
    sum.into_inner().unwrap() * dx
}
