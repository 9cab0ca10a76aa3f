// rejected: the strides of the result are
// rejected: standard layout, one row after the other
//! A table whose columns lie in order, so that each row is strewn over all of it.

mod model;
pub use model::{distances_by_pair, row_of_distances};

use ndarray::ShapeBuilder;
use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView2, ArrayViewMut1, Axis};

pub fn distances_by_row<F>(points: ArrayView2<f64>, fill: F) -> Array2<f64>
where
    F: Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync,
{
    let n = points.nrows();
    let points = points.as_standard_layout();
    let mut table = Array2::zeros((n, n).f());
    table
        .axis_iter_mut(Axis(0))
        .into_par_iter()
        .enumerate()
        .for_each(|(i, row)| fill(points.view(), i, row));
    table
}
