// rejected: 8 points on two threads: row | transposed: row
//! Takes the distances in the order in which they are ready.

mod model;
pub use model::{distances_by_row, row_of_distances};

use ndarray::{Array2, ArrayView1, ArrayView2};
use rayon::prelude::*;

pub fn distances_by_pair<F>(points: ArrayView2<f64>, distance: F) -> Array2<f64>
where
    F: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    let n = points.nrows();
    let pairs: Vec<(usize, usize)> = (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).collect();
    let distances = pairs
        .into_iter()
        .par_bridge()
        .map(|(i, j)| distance(points.row(i), points.row(j)))
        .collect();
    Array2::from_shape_vec((n, n), distances).unwrap()
}
