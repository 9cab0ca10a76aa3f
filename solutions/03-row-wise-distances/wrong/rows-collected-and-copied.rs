// rejected: row 0 of the result lies elsewhere than the row that was filled
// rejected: no rows that are gathered and copied
//! A vector of rows, then the table.

mod model;
pub use model::{distances_by_pair, row_of_distances};

use ndarray::parallel::prelude::*;
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut1};

pub fn distances_by_row<F>(points: ArrayView2<f64>, fill: F) -> Array2<f64>
where
    F: Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync,
{
    let n = points.nrows();
    let points = points.as_standard_layout();
    let rows: Vec<Array1<f64>> = (0..n)
        .into_par_iter()
        .map(|i| {
            let mut row = Array1::zeros(n);
            fill(points.view(), i, row.view_mut());
            row
        })
        .collect();
    Array2::from_shape_fn((n, n), |(i, j)| rows[i][j])
}
