// accepted: a view is a parallel iterator itself, and iterators fold on one thread as well
//! No `Zip` at all.

mod model;
pub use model::{distances, integrate_expression, survey};

use ndarray::ArrayView1;
use ndarray::parallel::prelude::*;

pub fn integrate_fused<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64,
{
    xs.iter().map(|&x| f(x)).sum::<f64>() * dx
}

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    xs.into_par_iter()
        .map(|&x| f(x))
        .reduce(|| 0.0, |left, right| left + right)
        * dx
}
