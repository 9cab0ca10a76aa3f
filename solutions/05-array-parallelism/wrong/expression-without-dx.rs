// rejected: as if dx were not multiplied in
//! The sum of the heights is not yet an area.

mod model;
pub use model::{distances, integrate_fused, integrate_parallel, survey};

use ndarray::ArrayView1;

pub fn integrate_expression(xs: ArrayView1<f64>, dx: f64) -> f64 {
    let _ = dx;
    (&xs * &xs - xs).sum()
}
