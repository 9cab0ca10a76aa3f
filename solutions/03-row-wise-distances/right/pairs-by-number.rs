// accepted: no list of pairs: the number of a pair tells its row and column

mod model;
pub use model::{distances_by_row, row_of_distances};

use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView1, ArrayView2};

pub fn distances_by_pair<F>(points: ArrayView2<f64>, distance: F) -> Array2<f64>
where
    F: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    let n = points.nrows();
    let distances = (0..n * n)
        .into_par_iter()
        .map(|pair| distance(points.row(pair / n), points.row(pair % n)))
        .collect();
    Array2::from_shape_vec((n, n), distances).unwrap()
}
