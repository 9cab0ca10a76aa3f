// rejected: 1 points: row 0 is never filled
//! Stops one row early.

mod model;
pub use model::{distances_by_pair, row_of_distances};

use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView2, ArrayViewMut1, Axis};

pub fn distances_by_row<F>(points: ArrayView2<f64>, fill: F) -> Array2<f64>
where
    F: Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync,
{
    let n = points.nrows();
    let points = points.as_standard_layout();
    let mut table = Array2::zeros((n, n));
    let rows = table.axis_iter_mut(Axis(0)).into_par_iter().enumerate();
    rows.take(n.saturating_sub(1))
        .for_each(|(i, row)| fill(points.view(), i, row));
    table
}
