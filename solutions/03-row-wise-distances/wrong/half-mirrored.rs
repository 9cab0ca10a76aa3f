// rejected: row 1, column 0 is 1, which belongs to row 0, column 1
//! Computes one half and mirrors it, whatever `distance` is.

mod model;
pub use model::{distances_by_row, row_of_distances};

use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView1, ArrayView2};

pub fn distances_by_pair<F>(points: ArrayView2<f64>, distance: F) -> Array2<f64>
where
    F: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    let n = points.nrows();
    let pairs: Vec<(usize, usize)> = (0..n).flat_map(|i| (i..n).map(move |j| (i, j))).collect();
    let distances: Vec<f64> = pairs
        .par_iter()
        .map(|&(i, j)| distance(points.row(i), points.row(j)))
        .collect();
    let mut table = Array2::zeros((n, n));
    for ((i, j), distance) in pairs.into_iter().zip(distances) {
        table[[i, j]] = distance;
        table[[j, i]] = distance;
    }
    table
}
