// rejected: from point 0 to point 0 NaN
//! Divides by the largest difference against overflow, and by 0 where there is none.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let here = points.row(i);
    for (there, place) in points.rows().into_iter().zip(&mut row) {
        let differences = || here.iter().zip(there).map(|(x, y)| (x - y).abs());
        let largest = differences().fold(0.0, f64::max);
        let sum: f64 = differences().map(|x| (x / largest) * (x / largest)).sum();
        *place = largest * sum.sqrt();
    }
}
