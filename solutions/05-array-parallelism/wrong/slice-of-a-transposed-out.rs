// rejected: distances_fill_an_out_that_is_not_contiguous
// rejected: called `Option::unwrap()` on a `None` value
//! Cuts the rows out of a slice, which a transposed `out` does not have.

mod model;
pub use model::{integrate_expression, integrate_fused, integrate_parallel, survey};

use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2};
use rayon::prelude::*;

pub fn distances<D>(
    distance: D,
    from: ArrayView2<f64>,
    to: ArrayView2<f64>,
    mut out: ArrayViewMut2<f64>,
) where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    assert_eq!(out.dim(), (from.nrows(), to.nrows()));
    if to.is_empty() {
        return;
    }
    let rows = out.as_slice_mut().unwrap().par_chunks_mut(to.nrows());
    rows.enumerate().for_each(|(i, row)| {
        for (out, to) in row.iter_mut().zip(to.rows()) {
            *out = distance(from.row(i), to);
        }
    });
}
