// rejected: parallel_makes_no_temporary
// rejected: n = 100000
// rejected: each height goes straight into a sum
//! `par_map_collect` is parallel, and has brought the temporary array back.

mod model;
pub use model::{distances, integrate_expression, integrate_fused, survey};

use ndarray::{ArrayView1, Zip};

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    Zip::from(xs).par_map_collect(|&x| f(x)).sum() * dx
}
