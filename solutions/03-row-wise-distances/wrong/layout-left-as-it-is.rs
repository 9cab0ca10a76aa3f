// rejected: 4 points × 2, transposed: `fill` gets them in the same layout
// rejected: copied once, so that rows lie in order
//! Hands every row the view as it came.

mod model;
pub use model::{distances_by_pair, row_of_distances};

use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView2, ArrayViewMut1, Axis};

pub fn distances_by_row<F>(points: ArrayView2<f64>, fill: F) -> Array2<f64>
where
    F: Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync,
{
    let n = points.nrows();
    let mut table = Array2::zeros((n, n));
    table
        .axis_iter_mut(Axis(0))
        .into_par_iter()
        .enumerate()
        .for_each(|(i, row)| fill(points, i, row));
    table
}
