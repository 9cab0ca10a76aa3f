// rejected: 2 points, the pairs of row 0: never two threads inside distance at once
// rejected: no pair waits for its row
//! Shares out the rows, and does the pairs of a row one by one.

mod model;
pub use model::{distances_by_row, row_of_distances};

use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView1, ArrayView2};

pub fn distances_by_pair<F>(points: ArrayView2<f64>, distance: F) -> Array2<f64>
where
    F: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    let n = points.nrows();
    let distances = (0..n)
        .into_par_iter()
        .flat_map_iter(|i| {
            let (distance, points) = (&distance, &points);
            (0..n).map(move |j| distance(points.row(i), points.row(j)))
        })
        .collect();
    Array2::from_shape_vec((n, n), distances).unwrap()
}
