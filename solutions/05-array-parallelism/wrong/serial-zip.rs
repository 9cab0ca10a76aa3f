// rejected: parallel_has_two_threads_inside_f_at_once
// rejected: n = 64, a pool of two: all on one thread
//! `fold`, where `par_fold` was meant: right values, one thread.

mod model;
pub use model::{distances, integrate_expression, integrate_fused, survey};

use ndarray::{ArrayView1, Zip};

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    Zip::from(xs).fold(0.0, |sum, &x| sum + f(x)) * dx
}
