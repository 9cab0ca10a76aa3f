// rejected: from point 0 to point 1
// rejected: a measurement that is not a number must show
//! Leaves out the measurements that are not numbers.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let here = points.row(i);
    for (there, place) in points.rows().into_iter().zip(&mut row) {
        let differences = here.iter().zip(there).map(|(x, y)| x - y);
        let sum: f64 = differences.filter(|x| !x.is_nan()).map(|x| x * x).sum();
        *place = sum.sqrt();
    }
}
