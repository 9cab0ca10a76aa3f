//! Lesson 05, Array parallelism: your part.
//!
//! Replace the five `todo!`s, from the top down. The chapter is `lessons/05-array-parallelism/README.md`.
//! You will need `use ndarray::Zip;` below this comment, and `use ndarray::parallel::prelude::*;` for the explicit loop.
//!
//! `cargo xtask check 05` says how far you are, `cargo xtask hint 05` helps.

use lesson::Survey;
use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2};

/// The sum of x² − x over the `xs`, times `dx`: an array expression, written with operators on whole arrays.
///
/// It makes one temporary array of the length of `xs`, and no second: the second operation writes over the result of
/// the first. `xs` may be any view: strided, reversed, a column. No `xs` give 0, if `dx` is finite. Nothing is hidden: NaN
/// and infinities are added like any other height.
pub fn integrate_expression(xs: ArrayView1<f64>, dx: f64) -> f64 {
    todo!(
        "square {} samples, subtract them, sum, times {dx}",
        xs.len()
    )
}

/// The sum of `f(x)` over the `xs`, times `dx`, in one pass: each height goes straight into the sum.
///
/// - `f` is called once for each of the `xs`, on the caller's thread, whatever they and `dx` are.
/// - Several calls may run at the same time, also one inside `f`. A panic of `f` reaches the caller, with its value or
///   another.
/// - Nothing is allocated, and no height is hidden: NaN and infinities are added like any other.
/// - `xs` may be any view: strided, reversed, a column. No `xs` give 0, if `dx` is finite.
pub fn integrate_fused<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64,
{
    let _ = f;
    todo!("fold f over {} samples, times {dx}", xs.len())
}

/// What [`integrate_fused`] computes, on as many threads as the pool has in which it is called, and no more.
///
/// - `f` is called once for each of the `xs`. The calls are shared out evenly; up to 5,000 neighbours may stay together on
///   one thread. None of the threads belongs to another pool.
/// - Several calls may run at the same time, also one inside `f`. A panic of `f` reaches the caller, with its value or
///   another. No thread is left behind.
/// - What is allocated does not grow with `xs`.
/// - `xs` may be any view: strided, reversed, a column. No `xs` give 0, if `dx` is finite.
/// - The sum is made of partial sums, so its last digits may differ from those of [`integrate_fused`]: by less than
///   the number of samples times `f64::EPSILON`, relative to the area, where `f` does not change its sign.
pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let _ = f;
    todo!("fold f over {} samples in parallel, times {dx}", xs.len())
}

/// The survey of `f` from `a` to `b` with `n` samples: the explicit loop, in parallel, without any array.
///
/// The samples are `a + i · dx` for `i` in `0..n`, with `dx = (b − a) / n`, up to rounding, each computed from its index.
/// `f` is called once for each, on threads as [`integrate_parallel`] calls it. What is allocated does not grow with `n`.
///
/// - `area` is the sum of the heights, times `dx`: negative heights count as negative, and so does a step to the left.
/// - `lowest` and `highest` are what [`f64::min`] and [`f64::max`] make of the heights. They pass over NaN; the area
///   does not.
/// - No samples have the area 0, `lowest` +∞ and `highest` −∞: the start that changes nothing.
pub fn survey<F>(f: F, a: f64, b: f64, n: usize) -> Survey
where
    F: Fn(f64) -> f64 + Sync,
{
    let _ = f;
    todo!("sum, lowest and highest of {n} heights from {a} to {b}")
}

/// All distances from the points `from` to the points `to`, a point a row: `out[i, j] = distance(from[i], to[j])`.
///
/// - `distance` is called once for each pair, with the row of `from` first.
/// - A row of `out` is a task: one thread computes it from end to end. The rows are shared out evenly to as many threads
///   as the pool has in which this is called, on the terms of [`integrate_parallel`].
/// - What is allocated does not grow with the number of pairs: the distances go straight into `out`.
/// - All three may be any view: transposed, strided, reversed; without rows, without columns.
///
/// # Panics
///
/// If there are pairs and `out` is not `from.nrows()` × `to.nrows()`.
pub fn distances<D>(
    distance: D,
    from: ArrayView2<f64>,
    to: ArrayView2<f64>,
    out: ArrayViewMut2<f64>,
) where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    let _ = distance;
    todo!(
        "distances of {} to {} points into {:?}",
        from.nrows(),
        to.nrows(),
        out.dim()
    )
}
