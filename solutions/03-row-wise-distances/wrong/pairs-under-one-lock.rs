// rejected: 2 points, the pairs of row 0: never two threads inside distance at once
//! Calls `distance` while it holds the one lock.

mod model;
pub use model::{distances_by_row, row_of_distances};

use std::sync::Mutex;

use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView1, ArrayView2};

pub fn distances_by_pair<F>(points: ArrayView2<f64>, distance: F) -> Array2<f64>
where
    F: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    let n = points.nrows();
    let table = Mutex::new(Array2::zeros((n, n)));
    (0..n * n).into_par_iter().with_max_len(1).for_each(|pair| {
        let (i, j) = (pair / n, pair % n);
        let mut table = table.lock().unwrap();
        table[[i, j]] = distance(points.row(i), points.row(j));
    });
    table.into_inner().unwrap()
}
