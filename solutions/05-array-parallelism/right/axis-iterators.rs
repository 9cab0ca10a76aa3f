// accepted: a parallel iterator over an axis in the place of every `Zip`
//! An axis of a vector has items without a dimension; it costs a view each.

mod model;
pub use model::{integrate_expression, integrate_fused, survey};

use ndarray::parallel::prelude::*;
use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2, Axis};

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    xs.axis_iter(Axis(0))
        .into_par_iter()
        .map(|x| f(x[()]))
        .sum::<f64>()
        * dx
}

pub fn distances<D>(
    distance: D,
    from: ArrayView2<f64>,
    to: ArrayView2<f64>,
    mut out: ArrayViewMut2<f64>,
) where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    assert_eq!(out.dim(), (from.nrows(), to.nrows()));
    out.axis_iter_mut(Axis(0))
        .into_par_iter()
        .zip(from.axis_iter(Axis(0)))
        .for_each(|(mut row, from)| {
            for (out, to) in row.iter_mut().zip(to.rows()) {
                *out = distance(from, to);
            }
        });
}
