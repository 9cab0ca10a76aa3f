// accepted: one sum and indices: slower, and right

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let (n, d) = points.dim();
    for j in 0..n {
        let mut sum = 0.0;
        for k in 0..d {
            let difference = points[[i, k]] - points[[j, k]];
            sum += difference * difference;
        }
        row[j] = sum.sqrt();
    }
}
