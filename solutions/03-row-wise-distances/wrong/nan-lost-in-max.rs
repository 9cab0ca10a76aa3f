// rejected: from point 0 to point 1 0.0: a measurement that is not a number must show
//! Guards the root by `max(0.0)`, which takes the 0 where the sum is NaN.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let here = points.row(i);
    for (there, place) in points.rows().into_iter().zip(&mut row) {
        let sum: f64 = here.iter().zip(there).map(|(x, y)| (x - y) * (x - y)).sum();
        *place = sum.max(0.0).sqrt();
    }
}
