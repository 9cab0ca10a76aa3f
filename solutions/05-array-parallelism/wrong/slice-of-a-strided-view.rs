// rejected: fused_takes_a_view_that_is_not_contiguous
// rejected: called `Option::unwrap()` on a `None` value
//! A view that is strided or reversed has no slice.

mod model;
pub use model::{distances, integrate_expression, integrate_parallel, survey};

use ndarray::ArrayView1;

pub fn integrate_fused<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64,
{
    let xs = xs.as_slice().unwrap();
    xs.iter().map(|&x| f(x)).sum::<f64>() * dx
}
