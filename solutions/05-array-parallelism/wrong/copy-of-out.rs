// rejected: out[0, 0] is never written
//! `to_owned` makes an array of its own, and that is what is filled.

mod model;
pub use model::{integrate_expression, integrate_fused, integrate_parallel, survey};

use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2, Zip};

pub fn distances<D>(
    distance: D,
    from: ArrayView2<f64>,
    to: ArrayView2<f64>,
    out: ArrayViewMut2<f64>,
) where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    let mut out = out.to_owned();
    Zip::from(out.rows_mut())
        .and(from.rows())
        .par_for_each(|row, from| {
            Zip::from(row)
                .and(to.rows())
                .for_each(|out, to| *out = distance(from, to));
        });
}
