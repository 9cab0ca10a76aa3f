// rejected: row 0 of the result lies elsewhere than the row that was filled
//! Fills a row of its own and assigns it.

mod model;
pub use model::{distances_by_pair, row_of_distances};

use ndarray::parallel::prelude::*;
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut1, Axis};

pub fn distances_by_row<F>(points: ArrayView2<f64>, fill: F) -> Array2<f64>
where
    F: Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync,
{
    let n = points.nrows();
    let points = points.as_standard_layout();
    let mut table = Array2::zeros((n, n));
    table
        .axis_iter_mut(Axis(0))
        .into_par_iter()
        .enumerate()
        .for_each(|(i, mut place)| {
            let mut row = Array1::zeros(n);
            fill(points.view(), i, row.view_mut());
            place.assign(&row);
        });
    table
}
