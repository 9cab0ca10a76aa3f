// rejected: -1.0: what stood there before is still there: not written, or added to?
//! Takes for granted that the row holds zeros.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let here = points.row(i);
    for (there, place) in points.rows().into_iter().zip(&mut row) {
        let squares = here.iter().zip(there).map(|(x, y)| (x - y) * (x - y));
        *place += squares.sum::<f64>().sqrt();
    }
}
