// rejected: from point 0 to point 2 -1.0: its place is not written
//! Goes through as many points as there are measurements.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let here = points.row(i);
    for j in 0..points.ncols() {
        let squares = here
            .iter()
            .zip(points.row(j))
            .map(|(x, y)| (x - y) * (x - y));
        row[j] = squares.sum::<f64>().sqrt();
    }
}
