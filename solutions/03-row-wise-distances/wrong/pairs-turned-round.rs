// rejected: row 0, column 1 is 10, which belongs to row 1, column 0
//! Counts i fastest.

mod model;
pub use model::{distances_by_row, row_of_distances};

use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView1, ArrayView2};

pub fn distances_by_pair<F>(points: ArrayView2<f64>, distance: F) -> Array2<f64>
where
    F: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    let n = points.nrows();
    let pairs: Vec<(usize, usize)> = (0..n).flat_map(|j| (0..n).map(move |i| (i, j))).collect();
    let distances = pairs
        .into_par_iter()
        .map(|(i, j)| distance(points.row(i), points.row(j)))
        .collect();
    Array2::from_shape_vec((n, n), distances).unwrap()
}
