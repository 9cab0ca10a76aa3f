// rejected: parallel_over_no_sample_is_zero
// rejected: called `Option::unwrap()` on a `None` value
//! `reduce_with` needs no identity, and has nothing to give for no samples.

mod model;
pub use model::{distances, integrate_expression, integrate_fused, survey};

use ndarray::ArrayView1;
use ndarray::parallel::prelude::*;

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let heights = xs.into_par_iter().map(|&x| f(x));
    heights.reduce_with(|left, right| left + right).unwrap() * dx
}
