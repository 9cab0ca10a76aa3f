// rejected: 3 × 5 distances into an out of 4 × 5: no panic
// rejected: an iterator's `zip` stops at the shorter one
//! Iterators' `zip` in the place of `Zip`: what does not fit stays unwritten, and nobody hears of it.

mod model;
pub use model::{integrate_expression, integrate_fused, integrate_parallel, survey};

use ndarray::parallel::prelude::*;
use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2, Axis};

pub fn distances<D>(
    distance: D,
    from: ArrayView2<f64>,
    to: ArrayView2<f64>,
    mut out: ArrayViewMut2<f64>,
) where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    out.axis_iter_mut(Axis(0))
        .into_par_iter()
        .zip(from.axis_iter(Axis(0)))
        .for_each(|(mut row, from)| {
            for (out, to) in row.iter_mut().zip(to.rows()) {
                *out = distance(from, to);
            }
        });
}
