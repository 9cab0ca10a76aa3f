// rejected: a_row_of_distances_is_one_task
// rejected: the rows are shared out, not the pairs
//! The inner loop in parallel, the outer one serial: a task for each pair.

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
    Zip::from(out.rows_mut())
        .and(from.rows())
        .for_each(|row, from| {
            Zip::from(row)
                .and(to.rows())
                .par_for_each(|out, to| *out = distance(from, to));
        });
}
