// rejected: row 6 is never filled
//! A chunk of rows for each of two threads, and the remainder for none.

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
    let length = (n / 2).max(1);
    table
        .axis_chunks_iter_mut(Axis(0), length)
        .into_par_iter()
        .enumerate()
        .take(2)
        .for_each(|(chunk, mut rows)| {
            for (k, row) in rows.rows_mut().into_iter().enumerate() {
                fill(points.view(), chunk * length + k, row);
            }
        });
    table
}
