//! Lesson 03: three functions to write. `cargo xtask check 03` tells how far you are.

use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut1};

/// A table of `distance` for every pair of points, with each pair as a task of its own.
///
/// `points` has a row for each of n points. Row i, column j of the n × n result is `distance(point i, point j)`;
/// `distance` is called once for each of the n · n pairs, on as many threads as the pool has in which this is called, and
/// no more; none of them belongs to another pool. No pair allocates anything of its own.
///
/// Several calls may run at the same time, also one inside `distance`. A panic of `distance` reaches the caller,
/// with its value or another. No thread is left behind.
pub fn distances_by_pair<F>(points: ArrayView2<f64>, distance: F) -> Array2<f64>
where
    F: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    let _ = distance;
    todo!("a task for each pair of {} points", points.nrows())
}

/// Writes the Euclidean distances from point `i` to every point: place j of `row` becomes the square root of the sum of
/// (x − y)² over the measurements x of point i and y of point j.
///
/// `points` has a row for each point, and `row` a place for each; what stood there is overwritten. Both may be any view:
/// transposed, strided or reversed.
///
/// - With d measurements it is off by less than (d + 4) · ε / 2, relative to the exact distance: each rounding adds its
///   ε / 2 to the sum of squares, and the root halves that. A square that overflows makes it infinite,
///   and one that underflows, below 1e-150 or so, may count as 0.
/// - The distance between equal points is 0. Without measurements all points are equal.
/// - Nothing is hidden: NaN where a measurement of either point is NaN, also from the point to itself; infinite where
///   one measurement is infinite and all else is finite. Two equal infinities have no difference: NaN.
/// - Nothing is allocated, and all is done on the caller's thread.
///
/// # Panics
///
/// If there are points with measurements, but no point `i`.
pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    row.fill(f64::NAN);
    todo!("write row {i} of {}", points.nrows())
}

/// An n × n table for n points, with each row as a task: `fill(points, i, row)` writes row i of it, in place.
///
/// With [`row_of_distances`] as `fill` it holds the distances between all pairs. `fill` is called once for each point, on
/// threads as [`distances_by_pair`] calls `distance`, and what it writes is kept to the last bit. Its panic, several
/// calls and nested ones are as there.
///
/// - `row` is where the result lies: nothing is gathered or copied afterwards. The result is in standard layout: its
///   rows lie one after the other.
/// - The points that `fill` gets are in standard layout as well: the given ones if they are, or a copy, made once. Beyond
///   that copy and the result, what is allocated does not grow with n.
/// - No points give an empty table, and `fill` is not called.
pub fn distances_by_row<F>(points: ArrayView2<f64>, fill: F) -> Array2<f64>
where
    F: Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync,
{
    let _ = fill;
    todo!("fill a row for each of {} points", points.nrows())
}
