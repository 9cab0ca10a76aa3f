// rejected: for 40000 pairs
// rejected: or tasks inside a row?
//! Shares out the inner level: the places of one row.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::parallel::prelude::*;
use ndarray::{ArrayView2, ArrayViewMut1, Axis};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let here = points.row(i);
    row.axis_iter_mut(Axis(0))
        .into_par_iter()
        .zip(points.axis_iter(Axis(0)).into_par_iter())
        .for_each(|(mut place, there)| {
            let squares = here.iter().zip(there).map(|(x, y)| (x - y) * (x - y));
            place.fill(squares.sum::<f64>().sqrt());
        });
}
