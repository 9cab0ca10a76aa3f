// rejected: bytes allocated, 16.0 a sample
// rejected: an operator whose left side is owned, and not borrowed, writes over it
//! Borrows the result of the first step as well, so the second step has to make another array.

mod model;
pub use model::{distances, integrate_fused, integrate_parallel, survey};

use ndarray::ArrayView1;

pub fn integrate_expression(xs: ArrayView1<f64>, dx: f64) -> f64 {
    let squares = &xs * &xs;
    let heights = &squares - &xs;
    heights.sum() * dx
}
