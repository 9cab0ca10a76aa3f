// rejected: allocations for 4096 pairs: a new array for every pair?
//! Hands each pair two points of its own.

mod model;
pub use model::{distances_by_row, row_of_distances};

use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView1, ArrayView2};

pub fn distances_by_pair<F>(points: ArrayView2<f64>, distance: F) -> Array2<f64>
where
    F: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    let n = points.nrows();
    let pairs: Vec<(usize, usize)> = (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).collect();
    let distances = pairs
        .into_par_iter()
        .map(|(i, j)| {
            let (p, q) = (points.row(i).to_owned(), points.row(j).to_owned());
            distance(p.view(), q.view())
        })
        .collect();
    Array2::from_shape_vec((n, n), distances).unwrap()
}
