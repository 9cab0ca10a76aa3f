// rejected: cannot borrow `table` as mutable
//! All tasks write to one table.

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
    let mut table = Array2::zeros((n, n));
    pairs.into_par_iter().for_each(|(i, j)| {
        table[[i, j]] = distance(points.row(i), points.row(j));
    });
    table
}
