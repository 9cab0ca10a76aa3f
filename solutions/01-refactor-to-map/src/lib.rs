// skeleton: //! Lesson 01, Refactor to map: your part.
// skeleton: //!
// skeleton: //! Replace the three `todo!`s, from the top down. The chapter is `lessons/01-refactor-to-map/README.md`.
// skeleton: //! From the second function on you need `use rayon::prelude::*;` below this comment.
// skeleton: //!
// skeleton: //! `cargo xtask check 01` says how far you are, `cargo xtask hint 01` helps.
// solution:
//! Lesson 01, Refactor to map: the model solution.
//!
//! # Why so
//!
//! - Each function is one pipeline: the indices or items, what is done to each, how the results are gathered. The
//!   parallel one differs from the serial one by `into_par_iter`, because nothing else has to change once the items
//!   are independent.
//! - `map` and `collect` keep the order because rayon knows where each item stands and writes its result there. A
//!   `Mutex<Vec<_>>` needs an index with each result and a sort at the end; `par_bridge` loses the order.
//! - `sum` adds each piece by itself and then the pieces, and allocates no list. `fold` and `reduce` would do the
//!   same with more to write. Collecting in parallel and adding serially gives the loop's answer to the last bit, at
//!   8 bytes a sample and with the addition left to one core.
//! - `join`, `scope` and threads of your own work too. Then the cutting into pieces is yours: lesson 02.
//! - `n = 0` returns early: `dx` would be infinite, or not a number, and so would the area.
// end

// solution:
use rayon::prelude::*;

// end
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
    // skeleton: let _ = f;
    // skeleton: todo!("map 0..{n} to the samples of f from {a} to {b}, then sum them")
    // solution:
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    (0..n).map(|i| f(a + i as f64 * dx)).sum::<f64>() * dx
    // end
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
    // skeleton: let _ = f;
    // skeleton: todo!("call f on each of {} items", items.len())
    // solution:
    items.par_iter().map(&f).collect()
    // end
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
    // skeleton: let _ = f;
    // skeleton: todo!("do the same in parallel: {n} samples of f from {a} to {b}")
    // solution:
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    (0..n)
        .into_par_iter()
        .map(|i| f(a + i as f64 * dx))
        .sum::<f64>()
        * dx
    // end
}
