// rejected: parallel_is_the_sum_times_dx
// rejected: f = 0, n = 1024, dx = 0.25
// rejected: every piece of a sum starts from 0
//! Takes the identity for the factor that every piece is given.

mod model;
pub use model::{distances, integrate_expression, integrate_fused, survey};

use ndarray::{ArrayView1, Zip};

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    Zip::from(xs).par_fold(|| dx, |sum, &x| sum + f(x) * dx, |left, right| left + right)
}
