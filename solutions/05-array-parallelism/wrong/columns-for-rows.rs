// rejected: 3 × 3 distances, out in rows: out[0, 1] is the distance from 1 to 0
//! Shares out the columns of `out`, as if they were its rows.

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
    Zip::from(out.columns_mut())
        .and(from.rows())
        .par_for_each(|column, from| {
            Zip::from(column)
                .and(to.rows())
                .for_each(|out, to| *out = distance(from, to));
        });
}
