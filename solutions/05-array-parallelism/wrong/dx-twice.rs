// rejected: parallel_is_the_sum_times_dx
// rejected: dx is to be multiplied in once
//! Multiplies each height by dx, and their sum again.

mod model;
pub use model::{distances, integrate_expression, integrate_fused, survey};

use ndarray::{ArrayView1, Zip};

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    Zip::from(xs).par_fold(
        || 0.0,
        |sum, &x| sum + f(x) * dx,
        |left, right| left + right,
    ) * dx
}
