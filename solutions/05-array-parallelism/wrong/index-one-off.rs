// rejected: 3 × 3 distances, out in rows: out[0, 0] is the distance from 1 to 0
//! Counts the rows from 1 inside the `Zip`.

mod model;
pub use model::{integrate_expression, integrate_fused, integrate_parallel, survey};

use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2, Zip};

pub fn distances<D>(
    distance: D,
    from: ArrayView2<f64>,
    to: ArrayView2<f64>,
    mut out: ArrayViewMut2<f64>,
) where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    Zip::indexed(out.rows_mut()).par_for_each(|i, row| {
        let from = from.row((i + 1) % from.nrows());
        Zip::from(row)
            .and(to.rows())
            .for_each(|out, to| *out = distance(from, to));
    });
}
