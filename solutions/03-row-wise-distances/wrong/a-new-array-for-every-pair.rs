// rejected: allocations for 40000 pairs: a new array for every pair?
//! `&here - &there` is a new array each time.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let here = points.row(i);
    for (there, place) in points.rows().into_iter().zip(&mut row) {
        let differences = &here - &there;
        *place = differences.mapv(|x| x * x).sum().sqrt();
    }
}
