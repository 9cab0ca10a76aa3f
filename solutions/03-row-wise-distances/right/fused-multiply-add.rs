// accepted: rounds once where others round twice

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1, Zip};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let here = points.row(i);
    Zip::from(&mut row)
        .and(points.rows())
        .for_each(|place, there| {
            let squares = here.iter().zip(there);
            *place = squares
                .fold(0.0, |sum: f64, (x, y)| (x - y).mul_add(x - y, sum))
                .sqrt();
        });
}
