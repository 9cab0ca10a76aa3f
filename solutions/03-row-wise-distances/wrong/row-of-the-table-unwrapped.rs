// rejected: a_row_takes_transposed_strided_and_reversed_views
// rejected: called `Option::unwrap()` on a `None` value
//! Asks `row` for a slice, which a column of a table has not.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let here = points.row(i);
    let places = row.as_slice_mut().unwrap();
    for (there, place) in points.rows().into_iter().zip(places) {
        let squares = here.iter().zip(there).map(|(x, y)| (x - y) * (x - y));
        *place = squares.sum::<f64>().sqrt();
    }
}
