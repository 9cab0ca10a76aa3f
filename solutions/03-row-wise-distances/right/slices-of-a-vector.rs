// accepted: a plain vector in slices, made an array at the end without a copy

mod model;
pub use model::{distances_by_pair, row_of_distances};

use ndarray::{Array2, ArrayView2, ArrayViewMut1};
use rayon::prelude::*;

pub fn distances_by_row<F>(points: ArrayView2<f64>, fill: F) -> Array2<f64>
where
    F: Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync,
{
    let n = points.nrows();
    let points = points.as_standard_layout();
    let mut distances = vec![0.0; n * n];
    distances
        .par_chunks_mut(n.max(1))
        .enumerate()
        .for_each(|(i, row)| fill(points.view(), i, ArrayViewMut1::from(row)));
    Array2::from_shape_vec((n, n), distances).unwrap()
}
