// rejected: distances_go_straight_into_out
// rejected: no copy of `out`, no list of pairs, no row on the side
//! Collects all distances in parallel, and then copies them.

mod model;
pub use model::{integrate_expression, integrate_fused, integrate_parallel, survey};

use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut2};

pub fn distances<D>(
    distance: D,
    from: ArrayView2<f64>,
    to: ArrayView2<f64>,
    mut out: ArrayViewMut2<f64>,
) where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    let (p, q) = (from.nrows(), to.nrows());
    let rows = (0..p).into_par_iter();
    let distances: Vec<f64> = rows
        .flat_map_iter(|i| (0..q).map(move |j| (i, j)))
        .map(|(i, j)| distance(from.row(i), to.row(j)))
        .collect();
    assert_eq!(out.dim(), (p, q));
    out.assign(&Array2::from_shape_vec((p, q), distances).unwrap());
}
