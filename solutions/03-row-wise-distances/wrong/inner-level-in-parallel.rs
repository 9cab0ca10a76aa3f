// rejected: 2 points, the pairs of column 0: never two threads inside distance at once
// rejected: no row waits for the row before it
//! Shares out the pairs of one row, then those of the next.

mod model;
pub use model::{distances_by_row, row_of_distances};

use ndarray::{Array2, ArrayView1, ArrayView2};
use rayon::prelude::*;

pub fn distances_by_pair<F>(points: ArrayView2<f64>, distance: F) -> Array2<f64>
where
    F: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    let n = points.nrows();
    let mut distances = Vec::with_capacity(n * n);
    for i in 0..n {
        distances.par_extend(
            (0..n)
                .into_par_iter()
                .map(|j| distance(points.row(i), points.row(j))),
        );
    }
    Array2::from_shape_vec((n, n), distances).unwrap()
}
