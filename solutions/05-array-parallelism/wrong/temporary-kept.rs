// rejected: fused_makes_no_temporary
// rejected: bytes allocated, 8.0 a sample
// rejected: each height goes straight into a sum
//! `mapv` makes an array of the heights, and only then are they summed.

mod model;
pub use model::{distances, integrate_expression, integrate_parallel, survey};

use ndarray::ArrayView1;

pub fn integrate_fused<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64,
{
    xs.mapv(f).sum() * dx
}
