// rejected: a table of 2 × 2
// rejected: a row and a column for each point, whatever it measures
//! Takes the columns for the points.

mod model;
pub use model::{distances_by_row, row_of_distances};

use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView1, ArrayView2};

pub fn distances_by_pair<F>(points: ArrayView2<f64>, distance: F) -> Array2<f64>
where
    F: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    let n = points.ncols();
    let pairs: Vec<(usize, usize)> = (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).collect();
    let distances = pairs
        .into_par_iter()
        .map(|(i, j)| distance(points.column(i), points.column(j)))
        .collect();
    Array2::from_shape_vec((n, n), distances).unwrap()
}
