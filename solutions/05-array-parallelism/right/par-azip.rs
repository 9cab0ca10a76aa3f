// accepted: `par_azip!` with indices, which it hands over, and none computed by hand
//! The macro is `Zip` and `par_for_each` in other words.

mod model;
pub use model::{integrate_expression, integrate_fused, integrate_parallel, survey};

use ndarray::parallel::par_azip;
use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2, azip};

pub fn distances<D>(
    distance: D,
    from: ArrayView2<f64>,
    to: ArrayView2<f64>,
    mut out: ArrayViewMut2<f64>,
) where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    assert_eq!(out.dim(), (from.nrows(), to.nrows()));
    par_azip!((index i, row in out.rows_mut()) {
        azip!((out in row, to in to.rows()) *out = distance(from.row(i), to));
    });
}
