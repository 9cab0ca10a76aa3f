// rejected: 8 × 8 pairs, out transposed, a pool of two: all on one thread
//! In parallel where `out` has a slice, one row after the other where it has none.

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
    let row_of = |i: usize, row: &mut [f64]| {
        for (out, to) in row.iter_mut().zip(to.rows()) {
            *out = distance(from.row(i), to);
        }
    };
    if let (Some(rows), false) = (out.as_slice_mut(), to.is_empty()) {
        let rows = rows.par_chunks_mut(to.nrows()).enumerate();
        rows.for_each(|(i, row)| row_of(i, row));
    } else {
        for (mut row, from) in out.rows_mut().into_iter().zip(from.rows()) {
            for (out, to) in row.iter_mut().zip(to.rows()) {
                *out = distance(from, to);
            }
        }
    }
}
