// rejected: a pool of one: `fill` called on 2 threads
//! Starts two threads whatever the pool.

mod model;
pub use model::{distances_by_pair, row_of_distances};

use std::thread;

use ndarray::{Array2, ArrayView2, ArrayViewMut1, Axis};

pub fn distances_by_row<F>(points: ArrayView2<f64>, fill: F) -> Array2<f64>
where
    F: Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync,
{
    let n = points.nrows();
    let points = points.as_standard_layout();
    let mut table = Array2::zeros((n, n));
    let (upper, lower) = table.view_mut().split_at(Axis(0), n / 2);
    thread::scope(|scope| {
        for (first, mut half) in [(0, upper), (n / 2, lower)] {
            let (points, fill) = (points.view(), &fill);
            scope.spawn(move || {
                for (k, row) in half.rows_mut().into_iter().enumerate() {
                    fill(points, first + k, row);
                }
            });
        }
    });
    table
}
