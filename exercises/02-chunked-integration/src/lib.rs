//! Lesson 02: three functions to write. `cargo xtask check 02` tells how far you are.

use std::num::NonZeroUsize;
use std::ops::Range;

/// Splits the samples `0..n` into chunks: as many ranges as chunks, in order, together every sample once.
///
/// The lengths differ by at most one. No range is empty: where there are more chunks than samples, every sample is a
/// range of its own, and `n` = 0 gives no range. Nothing overflows, however large `n` and `chunks` are.
pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    todo!("split 0..{n} into {chunks} ranges")
}

/// The area of one chunk by the left rule: `f` at `a + i · dx` for every index `i` in `range`, summed, times `dx`.
///
/// `a` is where the whole interval begins, not the chunk. The area of an empty range is 0, if `dx` is finite. `f` is called
/// once for each index, whatever `dx` is, and what it returns is added, NaN and infinities too.
pub fn integrate_range<F>(f: &F, a: f64, dx: f64, range: Range<usize>) -> f64
where
    F: Fn(f64) -> f64,
{
    todo!(
        "add f at a = {a} plus i · {dx} for i in {range:?}, times dx; f(a) = {}",
        f(a)
    )
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
    todo!(
        "integrate from {a} to {b} with {n} samples in {chunks} chunks; f(a) = {}",
        f(a)
    )
}
