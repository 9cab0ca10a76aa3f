// rejected: parallel_takes_a_view_that_is_not_contiguous
// rejected: called `Option::unwrap()` on a `None` value
//! A column has no slice: its elements do not lie side by side.

mod model;
pub use model::{distances, integrate_expression, integrate_fused, survey};

use ndarray::ArrayView1;
use ndarray::parallel::prelude::*;

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let xs = xs.as_slice().unwrap();
    xs.par_iter().map(|&x| f(x)).sum::<f64>() * dx
}
