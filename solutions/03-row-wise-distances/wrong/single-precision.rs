// rejected: right to 7 digits, as in f32
//! Adds in f32.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let here = points.row(i);
    for (there, place) in points.rows().into_iter().zip(&mut row) {
        let differences = here.iter().zip(there).map(|(x, y)| (x - y) as f32);
        *place = differences.map(|x| x * x).sum::<f32>().sqrt().into();
    }
}
