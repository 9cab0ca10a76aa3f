// rejected: a_row_of_distances_is_one_task
// rejected: the rows are shared out, not the pairs
//! A `Zip` over the elements of `out` shares out the pairs.

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
    assert_eq!(out.dim(), (from.nrows(), to.nrows()));
    Zip::indexed(out).par_for_each(|(i, j), out| *out = distance(from.row(i), to.row(j)));
}
