// rejected: 2 rows: never two threads inside `fill` at once
//! Fills each row while it holds the whole table.

mod model;
pub use model::{distances_by_pair, row_of_distances};

use std::sync::Mutex;

use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView2, ArrayViewMut1};

pub fn distances_by_row<F>(points: ArrayView2<f64>, fill: F) -> Array2<f64>
where
    F: Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync,
{
    let n = points.nrows();
    let points = points.as_standard_layout();
    let table = Mutex::new(Array2::zeros((n, n)));
    (0..n).into_par_iter().for_each(|i| {
        let mut table = table.lock().unwrap();
        fill(points.view(), i, table.row_mut(i));
    });
    table.into_inner().unwrap()
}
