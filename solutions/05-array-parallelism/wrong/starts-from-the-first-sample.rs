// rejected: fused_calls_f_once_for_each_sample
// rejected: n = 1: sample 0 is evaluated 2 times
//! Starts from the first height and adds it once more.

mod model;
pub use model::{distances, integrate_expression, integrate_parallel, survey};

use ndarray::{ArrayView1, Zip};

pub fn integrate_fused<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64,
{
    let first = xs.first().map_or(0.0, |&x| f(x));
    Zip::from(xs).fold(first, |sum, &x| sum + f(x)) * dx
}
