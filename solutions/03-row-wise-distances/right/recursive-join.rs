// accepted: halves the table until a half is one row

mod model;
pub use model::{distances_by_pair, row_of_distances};

use ndarray::{Array2, ArrayView2, ArrayViewMut1, ArrayViewMut2, Axis};

pub fn distances_by_row<F>(points: ArrayView2<f64>, fill: F) -> Array2<f64>
where
    F: Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync,
{
    let n = points.nrows();
    let points = points.as_standard_layout();
    let mut table = Array2::zeros((n, n));
    halves(&fill, points.view(), 0, table.view_mut());
    table
}

fn halves<F>(fill: &F, points: ArrayView2<f64>, first: usize, mut rows: ArrayViewMut2<f64>)
where
    F: Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync,
{
    match rows.nrows() {
        0 => {}
        1 => fill(points, first, rows.row_mut(0)),
        n => {
            let (upper, lower) = rows.split_at(Axis(0), n / 2);
            rayon::join(
                || halves(fill, points, first, upper),
                || halves(fill, points, first + n / 2, lower),
            );
        }
    }
}
