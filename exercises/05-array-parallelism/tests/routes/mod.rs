//! Distances that tell from which point to which they go.

use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut2};
use testkit::expect;

use super::ROUTES;

/// `distances(from, to, out)`.
pub type Distances = fn(ArrayView2<f64>, ArrayView2<f64>, ArrayViewMut2<f64>);

/// Points that are their own numbers, twice.
pub fn numbered(points: usize) -> Array2<f64> {
    Array2::from_shape_fn((points, 2), |(i, _)| i as f64)
}

/// A number which tells from where it goes to where; no distance, since it knows the way back from the way there.
pub fn route(from: ArrayView1<f64>, to: ArrayView1<f64>) -> f64 {
    from[0] * 10.0 + to[0]
}

pub fn unwritten(rows: usize, columns: usize) -> Array2<f64> {
    Array2::from_elem((rows, columns), f64::NAN)
}

/// The routes between `p` and `q` points, computed into `out`.
#[track_caller]
pub fn expect_routes(layout: &str, p: usize, q: usize, mut out: ArrayViewMut2<f64>) {
    let (from, to) = (numbered(p), numbered(q));
    ROUTES(from.view(), to.view(), out.view_mut());
    for ((i, j), &seen) in out.indexed_iter() {
        let words = if seen.is_nan() {
            "is never written".to_owned()
        } else {
            format!(
                "is the distance from {} to {}",
                seen as usize / 10,
                seen as usize % 10
            )
        };
        expect(
            seen == route(from.row(i), to.row(j)),
            format!("{p} × {q} distances, out {layout}: out[{i}, {j}] {words}"),
            format!("the distance from {i} to {j}"),
        );
    }
}
