// skeleton: //! Lesson 05, Array parallelism: your part.
// skeleton: //!
// skeleton: //! Replace the five `todo!`s, from the top down. The chapter is `lessons/05-array-parallelism/README.md`.
// skeleton: //! You will need `use ndarray::Zip;` below this comment, and `use ndarray::parallel::prelude::*;` for the explicit loop.
// skeleton: //!
// skeleton: //! `cargo xtask check 05` says how far you are, `cargo xtask hint 05` helps.
// solution:
//! Lesson 05, Array parallelism: the model solution.
//!
//! # Why so
//!
//! - **The expression** borrows in its first step and owns in its second: `&xs * &xs` has to make an array, and
//!   `… - xs` writes over it, because nobody else can see it. `&(&xs * &xs) - &xs` would make two.
//! - **`Zip::fold`** hands every element to a closure, whatever the layout. `xs.iter()` and `for x in xs` do as well
//!   and cost the same. `xs[i]` finds its place from `i` and a stride, and checks it, for every sample: it is slower.
//!   `as_slice()` is `None` for a view that is strided or reversed.
//! - **`par_fold`** is `into_par_iter`, `fold` and `reduce` in one; its identity serves both. `axis_chunks_iter` with
//!   `integrate_fused` on every chunk is as fast, and says itself how large a piece is. `axis_iter` over single
//!   elements is right too, but makes a view for each of them. `par_map_collect(f).sum()` brings the temporary array
//!   back.
//! - **The explicit loop** keeps three numbers, which no ready-made reduction does. Its identity is what no samples
//!   give: 0, +∞ and −∞. With `f64::MAX` and `f64::MIN` for the infinities it would change infinite heights.
//! - **The distances** name what is shared out: the rows of `out`, each with its row of `from`. No index is written, so
//!   none can be wrong, and `Zip` refuses lengths that differ. `par_azip!` is the same in other words. The inner `Zip`
//!   stays serial: the rows are enough work for all threads. A `Zip` over the elements of `out` would share out pairs.
// end

// solution:
use lesson::Survey;
use ndarray::parallel::prelude::*;
use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2, Zip};
// end
// skeleton: use lesson::Survey;
// skeleton: use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2};

/// The sum of x² − x over the `xs`, times `dx`: an array expression, written with operators on whole arrays.
///
/// It makes one temporary array of the length of `xs`, and no second: the second operation writes over the result of
/// the first. `xs` may be any view: strided, reversed, a column. No `xs` give 0, if `dx` is finite. Nothing is hidden: NaN
/// and infinities are added like any other height.
pub fn integrate_expression(xs: ArrayView1<f64>, dx: f64) -> f64 {
    // skeleton: todo!(
    // skeleton:     "square {} samples, subtract them, sum, times {dx}",
    // skeleton:     xs.len()
    // skeleton: )
    // solution:
    (&xs * &xs - xs).sum() * dx
    // end
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
    // skeleton: let _ = f;
    // skeleton: todo!("fold f over {} samples, times {dx}", xs.len())
    // solution:
    Zip::from(xs).fold(0.0, |sum, &x| sum + f(x)) * dx
    // end
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
    // skeleton: let _ = f;
    // skeleton: todo!("fold f over {} samples in parallel, times {dx}", xs.len())
    // solution:
    let with = |sum: f64, &x: &f64| sum + f(x);
    Zip::from(xs).par_fold(|| 0.0, with, |left, right| left + right) * dx
    // end
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
    // skeleton: let _ = f;
    // skeleton: todo!("sum, lowest and highest of {n} heights from {a} to {b}")
    // solution:
    const NOTHING: Survey = Survey {
        area: 0.0,
        lowest: f64::INFINITY,
        highest: f64::NEG_INFINITY,
    };
    if n == 0 {
        return NOTHING; // `dx` would be infinite or NaN
    }
    let dx = (b - a) / n as f64;
    let with = |seen: Survey, i| {
        let height = f(a + i as f64 * dx);
        Survey {
            area: seen.area + height,
            lowest: seen.lowest.min(height),
            highest: seen.highest.max(height),
        }
    };
    let together = |left: Survey, right: Survey| Survey {
        area: left.area + right.area,
        lowest: left.lowest.min(right.lowest),
        highest: left.highest.max(right.highest),
    };
    let seen = (0..n)
        .into_par_iter()
        .fold(|| NOTHING, with)
        .reduce(|| NOTHING, together);
    Survey {
        area: seen.area * dx,
        ..seen
    }
    // end
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
    // skeleton: out: ArrayViewMut2<f64>,
    // solution:
    mut out: ArrayViewMut2<f64>,
    // end
) where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    // skeleton: let _ = distance;
    // skeleton: todo!(
    // skeleton:     "distances of {} to {} points into {:?}",
    // skeleton:     from.nrows(),
    // skeleton:     to.nrows(),
    // skeleton:     out.dim()
    // skeleton: )
    // solution:
    Zip::from(out.rows_mut())
        .and(from.rows())
        .par_for_each(|row, from| {
            Zip::from(row)
                .and(to.rows())
                .for_each(|out, to| *out = distance(from, to));
        });
    // end
}
