// attack: makes a table for a million points, whatever it is given
// outcome: out-of-memory
use ndarray::{Array2, ArrayView2, ArrayViewMut1};

mod model;
pub use model::{distances_by_pair, row_of_distances};

pub fn distances_by_row<F>(_points: ArrayView2<f64>, _fill: F) -> Array2<f64>
where
    F: Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync,
{
    Array2::ones((1_000_000, 1_000_000))
}
