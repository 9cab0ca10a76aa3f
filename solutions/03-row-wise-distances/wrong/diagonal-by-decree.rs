// rejected: from point 1 to point 1 0.0: a measurement that is not a number must show
//! Writes the 0 on the diagonal without a look at the point.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let here = points.row(i);
    for (j, (there, place)) in points.rows().into_iter().zip(&mut row).enumerate() {
        let sum: f64 = here.iter().zip(there).map(|(x, y)| (x - y) * (x - y)).sum();
        *place = if i == j { 0.0 } else { sum.sqrt() };
    }
}
