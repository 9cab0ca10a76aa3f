// attack: makes a temporary array for every pair of samples, which is beyond the memory from 100,000 samples on
// outcome: failed | out-of-memory
use ndarray::{Array1, ArrayView1, Axis};

mod model;
pub use model::{distances, integrate_fused, integrate_parallel, survey};

pub fn integrate_expression(xs: ArrayView1<f64>, dx: f64) -> f64 {
    let columns = xs.insert_axis(Axis(1));
    let products = &columns * &xs;
    let squares: Array1<f64> = products.diag().to_owned();
    (squares - xs).sum() * dx
}
