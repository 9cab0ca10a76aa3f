// rejected: a_row_takes_one_point_and_no_measurements
// rejected: chunk size must be non-zero
//! Cuts the numbers into points of no length.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let points = points.as_standard_layout();
    let d = points.ncols();
    let here = points.row(i);
    let all = points.as_slice().expect("standard layout");
    for (there, place) in all.chunks_exact(d).zip(&mut row) {
        let squares = here.iter().zip(there).map(|(x, y)| (x - y) * (x - y));
        *place = squares.sum::<f64>().sqrt();
    }
}
