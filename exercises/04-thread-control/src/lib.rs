//! Lesson 04: seven functions to write, most of them short. `cargo xtask check 04` tells how far you are.

use std::num::NonZeroUsize;
use std::time::Duration;

use lesson::Step;
use rayon::ThreadPoolBuildError;

/// Runs `work` in a pool of exactly this many threads, and returns its result.
///
/// The pool is started for this call and ends with it, also when `work` panics; it is never the global pool, nor the pool of
/// the caller. `work` runs on one of its threads, and so does all that `work` does in parallel. More threads than the
/// machine has cores are started like any others, also hundreds of them. (Rayon itself knows a limit,
/// [`rayon::max_num_threads`]: 65,535 on 64-bit systems.) Which names and stacks the threads get is up to you.
///
/// # Errors
///
/// When the system refuses to start the threads. `work` is then not run.
///
/// # Panics
///
/// With the panic of `work`, if it panics: with the same value, of whatever type it is.
pub fn with_threads<T: Send>(
    threads: NonZeroUsize,
    work: impl FnOnce() -> T + Send,
) -> Result<T, ThreadPoolBuildError> {
    let _ = work;
    todo!("start a pool of {threads} and run the work in it")
}

/// How many times as fast as the serial run the parallel one is: `serial / parallel`.
///
/// 2 is twice as fast, 0.5 is half as fast. Infinite where the clock saw no time pass for `parallel`. Where it saw none pass
/// for `serial` either, nothing was measured: infinite or NaN, as you like.
pub fn speed_up(serial: Duration, parallel: Duration) -> f64 {
    todo!("how many times as fast as {serial:?} is {parallel:?}?")
}

/// The speed-up for each thread: `speed_up / threads`. Cores alone can give 1 at most. A value above 1 is returned as it is:
/// the caches of more cores hold more.
pub fn efficiency(speed_up: f64, threads: NonZeroUsize) -> f64 {
    todo!("share a speed-up of {speed_up} among {threads} threads")
}

/// The serial fraction that was seen: the part of the one-thread time that, if it could not be split at all, would explain
/// the speed-up. With `S` the speed-up and `p` the threads it is `(1/S − 1/p) / (1 − 1/p)`.
///
/// 0 for a perfect speed-up, 1 for none, more for a loss, negative for more than a perfect one, `−1/(p − 1)` for an infinite
/// one. `None` for one thread only, where there is nothing to explain: the formula would divide by 0.
///
/// Source: Karp and Flatt, Measuring parallel processor performance, Communications of the ACM 33(5), 1990.
pub fn karp_flatt(speed_up: f64, threads: NonZeroUsize) -> Option<f64> {
    todo!("which serial fraction explains a speed-up of {speed_up} with {threads} threads?")
}

/// The numbers of threads to sweep: 1, 2, 4, … doubled as long as they are below `most`, and then `most` itself.
///
/// So 6 gives 1, 2, 4, 6, and 1 gives 1. Nothing overflows, however large `most` is.
pub fn thread_counts(most: NonZeroUsize) -> Vec<NonZeroUsize> {
    todo!("1, 2, 4, … and {most}")
}

/// Times `work` on each of the `counts` of threads, `runs` times: one step a count, in the order of `counts`.
///
/// - One pool a count, also where a count stands twice. All are started before the first call, each makes all the calls of
///   its count, and all end with the sweep, also when `work` panics.
/// - `work` is called once in every pool to warm up. That call is not timed.
/// - Then come `runs` rounds. A round calls `work` once in every pool, in the order of `counts`, and times each call by
///   itself, so that a moment in which the machine is busy strikes all counts alike.
///
/// `clock` tells the time; what a call takes is what the clock tells after it, less what it told before, to the last digit.
/// Whether you look at the clock inside the pool or outside is up to you.
///
/// Several sweeps may run at the same time, also one inside `work`.
///
/// # Errors
///
/// When the system refuses to start the threads of any pool. `work` is then not called.
///
/// # Panics
///
/// With the panic of `work`, if it panics.
pub fn sweep(
    counts: &[NonZeroUsize],
    runs: NonZeroUsize,
    clock: impl Fn() -> Duration + Sync,
    work: impl Fn() + Sync,
) -> Result<Vec<Step>, ThreadPoolBuildError> {
    let _ = (clock, work);
    todo!("time the work on {counts:?} threads, {runs} times each")
}

/// How much longer than the best a step may take and still be as good: a thread that saves less is not worth having.
pub const TOLERANCE: f64 = 0.05;

/// The number of threads to use, after a sweep: the fewest that are not clearly slower than the best.
///
/// The best is the step with the smallest median. A step is clearly slower if even the low end of its
/// [interval](Step::interval) is more than [`TOLERANCE`] above the median of the best. The steps may stand in any order, and
/// may have different numbers of times. Times of 0 are times like any others. `None` without steps.
///
/// # Panics
///
/// If any step has no times.
pub fn choose(steps: &[Step]) -> Option<NonZeroUsize> {
    todo!("choose among {} steps", steps.len())
}
