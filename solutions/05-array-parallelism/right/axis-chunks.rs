// accepted: the pieces by `axis_chunks_iter`, so large that a view each costs nothing
//! A chunk is a view, and a view has a fused integral.

mod model;
pub use model::{distances, integrate_expression, integrate_fused, survey};

use ndarray::parallel::prelude::*;
use ndarray::{ArrayView1, Axis};

/// Enough that the view of a chunk is lost in its sum, few enough to share out.
const SAMPLES_PER_PIECE: usize = 16;

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    xs.axis_chunks_iter(Axis(0), SAMPLES_PER_PIECE)
        .into_par_iter()
        .map(|xs| integrate_fused(&f, xs, 1.0))
        .sum::<f64>()
        * dx
}
