// rejected: from point 0 to point 1 0.0: the last 2 of 2 measurements are left out
//! Four sums, and no thought of the rest.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let points = points.as_standard_layout();
    let here = points.row(i);
    let here = here.as_slice().expect("standard layout");
    for (there, place) in points.rows().into_iter().zip(&mut row) {
        let there = there.to_slice().expect("standard layout");
        let mut sums = [0.0; 4];
        for (p, q) in here.chunks_exact(4).zip(there.chunks_exact(4)) {
            for lane in 0..4 {
                sums[lane] += (p[lane] - q[lane]) * (p[lane] - q[lane]);
            }
        }
        *place = sums.iter().sum::<f64>().sqrt();
    }
}
