// skeleton: //! Lesson 02: three functions to write. `cargo xtask check 02` tells how far you are.
// solution:
//! Lesson 02: the model solution.
//!
//! # Why so
//!
//! - **Where a chunk starts** is computed from its number, so that no chunk needs to know the one before it. The
//!   product is at most `n`. `chunk * n / chunks` is balanced as well, but its product overflows: it needs `u128`.
//! - **A signed counter** in the loop: x86-64 turns an `i64` into an `f64` with one instruction, a `usize` with
//!   several. Counting with `usize` gives the same values, in 1.3 times the time (two cores of a shared x86-64 Linux
//!   machine, 2026-11-22). The sign costs nothing: an f64 counts exactly up to 2⁵³ only.
//! - **`with_max_len(1)`** makes every chunk a task of its own. Without it rayon may hand several neighbours over as
//!   one task: right too, and cheaper for very many chunks. But then rayon decides how finely the work is shared, and
//!   the argument `chunks` only limits it.
//! - **`sum`** adds the areas of the chunks in an order of its own, so the last bits may differ from the serial
//!   loop's. Collecting the areas into a `Vec` and adding them in order costs a short list, and gives the same bits
//!   with any number of threads.
//! - **`n` = 0 first.** The ranges would do without: there are none, `dx` is never used, and the sum of no f64 is −0.0,
//!   which equals 0.0. But a reader should not have to know that, and nobody wants an area printed as `-0`.
//! - **`join`, `scope` or threads of your own** would do. `join` needs a recursion, `scope` a place for each area, and
//!   a thread of your own costs far more to start than a task costs to hand over.
// end

// solution:
use rayon::prelude::*;
// end
use std::num::NonZeroUsize;
use std::ops::Range;

/// Splits the samples `0..n` into chunks: as many ranges as chunks, in order, together every sample once.
///
/// The lengths differ by at most one. No range is empty: where there are more chunks than samples, every sample is a
/// range of its own, and `n` = 0 gives no range. Nothing overflows, however large `n` and `chunks` are.
pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    // skeleton: todo!("split 0..{n} into {chunks} ranges")
    // solution:
    let shortest = n / chunks;
    let longer_by_one = n % chunks;
    let start_of = |chunk: usize| chunk * shortest + chunk.min(longer_by_one);
    (0..chunks.get().min(n))
        .map(|chunk| start_of(chunk)..start_of(chunk + 1))
        .collect()
    // end
}

/// The area of one chunk by the left rule: `f` at `a + i · dx` for every index `i` in `range`, summed, times `dx`.
///
/// `a` is where the whole interval begins, not the chunk. The area of an empty range is 0, if `dx` is finite. `f` is called
/// once for each index, whatever `dx` is, and what it returns is added, NaN and infinities too.
pub fn integrate_range<F>(f: &F, a: f64, dx: f64, range: Range<usize>) -> f64
where
    F: Fn(f64) -> f64,
{
    // skeleton: todo!(
    // skeleton:     "add f at a = {a} plus i · {dx} for i in {range:?}, times dx; f(a) = {}",
    // skeleton:     f(a)
    // skeleton: )
    // solution:
    let mut sum = 0.0;
    for i in range.start as i64..range.end as i64 {
        sum += f(a + i as f64 * dx);
    }
    sum * dx
    // end
}

/// The integral of `f` from `a` to `b` by the left rule, with `n` samples, in parallel.
///
/// Every range of [`chunk_ranges`] is done from end to end by one thread, so no more threads than `chunks` can help. The
/// ranges are shared out evenly to all threads of the pool in which this is called, or to threads of its own; what is
/// handed to rayon runs in that pool.
///
/// The samples are `a + i · dx` with `dx = (b − a) / n`; `b` may lie below `a`. `n` = 0 takes no sample and gives 0.
/// The result agrees with the serial loop's up to the rounding of the sum, as long as no sum of heights overflows.
///
/// Several calls may run at the same time, also one inside `f`. A panic of `f` reaches the caller, with its value or
/// another. No thread is left behind.
pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    // skeleton: todo!(
    // skeleton:     "integrate from {a} to {b} with {n} samples in {chunks} chunks; f(a) = {}",
    // skeleton:     f(a)
    // skeleton: )
    // solution:
    if n == 0 {
        return 0.0; // `dx` would be infinite or NaN
    }
    let dx = (b - a) / n as f64;
    let integral_of = |range| integrate_range(&f, a, dx, range);
    chunk_ranges(n, chunks)
        .into_par_iter()
        .with_max_len(1)
        .map(integral_of)
        .sum()
    // end
}
