//! Lesson 01, Refactor to map: your part.
//!
//! Replace the three `todo!`s, from the top down. The chapter is `lessons/01-refactor-to-map/README.md`.
//! From the second function on you need `use rayon::prelude::*;` below this comment.
//!
//! `cargo xtask check 01` says how far you are, `cargo xtask hint 01` helps.

/// The area under `f` from `a` to `b`: a map over the indices of the samples, and a sum.
///
/// The left rule with `n` steps: the sum of `f(a + i·dx)` over `i` in `0..n`, times `dx = (b − a) / n`.
///
/// - `f` is called once for each `i`, at an `x` that is computed from `i`, on the caller's thread.
/// - Nothing is allocated.
/// - From right to left (`a > b`) the area is negative. A sample that is NaN makes the area NaN, and one that is infinite
///   is added like any other.
/// - `n = 0` takes no sample: 0.0.
pub fn integrate_map<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64,
{
    let _ = f;
    todo!("map 0..{n} to the samples of f from {a} to {b}, then sum them")
}

/// What `f` makes of each of the `items`, in their order: result `i` is `f(&items[i])`.
///
/// - `f` is called once for each item. No items give an empty list.
/// - The calls are shared out evenly to as many threads as the pool has in which `parallel_map` is called, and no more;
///   none of them belongs to another pool. Fewer than 2,000 neighbours may stay together on one thread.
/// - Several calls may run at the same time, also one inside `f`. A panic of `f` reaches the caller, with its value or
///   another. No thread is left behind.
pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send,
    F: Fn(&T) -> U + Sync,
{
    let _ = f;
    todo!("call f on each of {} items", items.len())
}

/// The area under `f` from `a` to `b`, as [`integrate_map`] computes it, with the calls of `f` shared out to threads as
/// [`parallel_map`] does it.
///
/// The sum is made of partial sums, so the last digits may differ from [`integrate_map`]'s: by less than `n` times
/// `f64::EPSILON`, relative to the area, where `f` does not change its sign. What is allocated does not grow with `n`.
pub fn integrate_parallel<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let _ = f;
    todo!("do the same in parallel: {n} samples of f from {a} to {b}")
}
