// rejected: parallel_calls_f_once_for_each_sample
// rejected: is never evaluated
//! `exact_chunks` leaves out what does not fill a chunk.

mod model;
pub use model::{distances, integrate_expression, integrate_fused, survey};

use ndarray::{ArrayView1, Zip};

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    Zip::from(xs.exact_chunks(64)).par_fold(
        || 0.0,
        |sum, xs| sum + xs.iter().map(|&x| f(x)).sum::<f64>(),
        |left, right| left + right,
    ) * dx
}
