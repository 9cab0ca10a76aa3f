// rejected: for 40000 pairs: a new array for every row
//! The notebook's row: an array of all differences, one of their sums.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1, Axis};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let differences = &points - &points.row(i);
    let sums = differences.mapv(|x| x * x).sum_axis(Axis(1));
    row.assign(&sums.mapv(f64::sqrt));
}
