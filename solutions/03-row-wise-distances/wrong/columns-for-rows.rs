// rejected: row 0, column 1 is 10, which belongs to row 1, column 0
//! Gives `fill` the columns of the table.

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
    table
        .axis_iter_mut(Axis(1))
        .into_par_iter()
        .enumerate()
        .for_each(|(i, row)| fill(points.view(), i, row));
    table
}
