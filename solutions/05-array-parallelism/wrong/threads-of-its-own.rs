// rejected: calls on a thread that is not of the caller's pool
// rejected: how many threads there are is the caller's decision
//! Starts two threads, whatever pool it is called in.

mod model;
pub use model::{distances, integrate_expression, integrate_fused, survey};

use std::thread;

use ndarray::{ArrayView1, Axis};

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let (left, right) = xs.split_at(Axis(0), xs.len() / 2);
    let sum = |xs: ArrayView1<f64>| xs.iter().map(|&x| f(x)).sum::<f64>();
    thread::scope(|scope| {
        let right = scope.spawn(|| sum(right));
        sum(left) + right.join().unwrap()
    }) * dx
}
