// accepted: adds up a whole row at once, one measurement after the other, with the sums in the row itself

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1, Zip};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    row.fill(0.0);
    for column in points.columns() {
        let x = column[i];
        Zip::from(&mut row)
            .and(column)
            .for_each(|sum, y| *sum += (x - y) * (x - y));
    }
    row.mapv_inplace(f64::sqrt);
}
