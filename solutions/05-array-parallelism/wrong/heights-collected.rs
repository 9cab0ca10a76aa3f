// rejected: fused_makes_no_temporary
// rejected: no temporary array or list
//! A list in the place of the temporary array.

mod model;
pub use model::{distances, integrate_expression, integrate_parallel, survey};

use ndarray::ArrayView1;

pub fn integrate_fused<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64,
{
    let heights: Vec<f64> = xs.iter().map(|&x| f(x)).collect();
    heights.iter().sum::<f64>() * dx
}
