// rejected: 8 × 8 pairs, out transposed, a pool of two: two threads that take turns; does one hold a lock while it computes?
//! All threads write to one `out`, so it is locked for a whole row.

mod model;
pub use model::{integrate_expression, integrate_fused, integrate_parallel, survey};

use std::sync::Mutex;

use ndarray::parallel::prelude::*;
use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2};

pub fn distances<D>(
    distance: D,
    from: ArrayView2<f64>,
    to: ArrayView2<f64>,
    out: ArrayViewMut2<f64>,
) where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    assert_eq!(out.dim(), (from.nrows(), to.nrows()));
    let out = Mutex::new(out);
    (0..from.nrows()).into_par_iter().for_each(|i| {
        let mut out = out.lock().unwrap();
        for j in 0..to.nrows() {
            out[[i, j]] = distance(from.row(i), to.row(j));
        }
    });
}
