// rejected: 3 × 3 distances, out in rows: out[1, 0] is never written
//! Computes the pairs above the diagonal only, as if `from` and `to` were the same points.

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
    Zip::indexed(out.rows_mut())
        .and(from.rows())
        .par_for_each(|i, mut row, from| {
            for j in i..to.nrows() {
                row[j] = distance(from, to.row(j));
            }
        });
}
