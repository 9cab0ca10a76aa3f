// rejected: parallel_has_two_threads_inside_f_at_once
// rejected: all on one thread
//! Shares out the rows of a matrix that has one row.

mod model;
pub use model::{distances, integrate_expression, integrate_fused, survey};

use ndarray::parallel::prelude::*;
use ndarray::{ArrayView1, Axis};

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let row = xs.insert_axis(Axis(0));
    row.axis_iter(Axis(0))
        .into_par_iter()
        .map(|xs| xs.iter().map(|&x| f(x)).sum::<f64>())
        .sum::<f64>()
        * dx
}
