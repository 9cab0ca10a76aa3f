// skeleton: //! Lesson 04: seven functions to write, most of them short. `cargo xtask check 04` tells how far you are.
// solution:
//! Lesson 04: the model solution.
//!
//! # Why so
//!
//! - **`install`** runs `work` on a thread of the pool, and whatever rayon does in there stays in that pool. It waits, it
//!   hands the result and a panic back, and `work` may borrow. `scope` or `broadcast` on the pool would do as well; a
//!   thread of your own would not: rayon would send what `work` does in parallel to the global pool.
//! - **`build` and not `build_global`**: the global pool is configured once in the life of a program, by whoever comes
//!   first. A library that does it decides for its caller.
//! - **`?` and no `unwrap`**: whether the system starts a thread is not in the program's hands. Running `work` on fewer
//!   threads instead would hide it, and make every figure of the sweep wrong.
//! - **`sweep` goes round by round.** One count after the other is simpler, and needs one pool at a time. But when the
//!   machine is busy for a second, that second then falls on one count, and looks like a property of that count. Threads
//!   of a pool without work sleep, so the other pools cost nothing while one is timed.
//! - **`choose` compares an interval with a median.** Taking the smallest median chases noise: of many counts that are
//!   equal in truth, one is the best by luck. Comparing two intervals survives noise too, but one slow run of the best
//!   count would widen its interval until one thread is good enough.
// end

use std::num::NonZeroUsize;
use std::time::Duration;

use lesson::Step;
// skeleton: use rayon::ThreadPoolBuildError;
// solution:
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
// end

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
    // skeleton: let _ = work;
    // skeleton: todo!("start a pool of {threads} and run the work in it")
    // solution:
    Ok(pool_of(threads)?.install(work))
    // end
}

/// How many times as fast as the serial run the parallel one is: `serial / parallel`.
///
/// 2 is twice as fast, 0.5 is half as fast. Infinite where the clock saw no time pass for `parallel`. Where it saw none pass
/// for `serial` either, nothing was measured: infinite or NaN, as you like.
pub fn speed_up(serial: Duration, parallel: Duration) -> f64 {
    // skeleton: todo!("how many times as fast as {serial:?} is {parallel:?}?")
    // solution:
    serial.as_secs_f64() / parallel.as_secs_f64()
    // end
}

/// The speed-up for each thread: `speed_up / threads`. Cores alone can give 1 at most. A value above 1 is returned as it is:
/// the caches of more cores hold more.
pub fn efficiency(speed_up: f64, threads: NonZeroUsize) -> f64 {
    // skeleton: todo!("share a speed-up of {speed_up} among {threads} threads")
    // solution:
    speed_up / threads.get() as f64
    // end
}

/// The serial fraction that was seen: the part of the one-thread time that, if it could not be split at all, would explain
/// the speed-up. With `S` the speed-up and `p` the threads it is `(1/S − 1/p) / (1 − 1/p)`.
///
/// 0 for a perfect speed-up, 1 for none, more for a loss, negative for more than a perfect one, `−1/(p − 1)` for an infinite
/// one. `None` for one thread only, where there is nothing to explain: the formula would divide by 0.
///
/// Source: Karp and Flatt, Measuring parallel processor performance, Communications of the ACM 33(5), 1990.
pub fn karp_flatt(speed_up: f64, threads: NonZeroUsize) -> Option<f64> {
    // skeleton: todo!("which serial fraction explains a speed-up of {speed_up} with {threads} threads?")
    // solution:
    let share = 1.0 / threads.get() as f64;
    (threads.get() > 1).then(|| (1.0 / speed_up - share) / (1.0 - share))
    // end
}

/// The numbers of threads to sweep: 1, 2, 4, … doubled as long as they are below `most`, and then `most` itself.
///
/// So 6 gives 1, 2, 4, 6, and 1 gives 1. Nothing overflows, however large `most` is.
pub fn thread_counts(most: NonZeroUsize) -> Vec<NonZeroUsize> {
    // skeleton: todo!("1, 2, 4, … and {most}")
    // solution:
    let two = NonZeroUsize::MIN.saturating_add(1);
    let doubled = |&count: &NonZeroUsize| count.checked_mul(two);
    std::iter::successors(Some(NonZeroUsize::MIN), doubled)
        .take_while(|&count| count < most)
        .chain([most])
        .collect()
    // end
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
    // skeleton: let _ = (clock, work);
    // skeleton: todo!("time the work on {counts:?} threads, {runs} times each")
    // solution:
    let pools = counts
        .iter()
        .map(|&threads| pool_of(threads))
        .collect::<Result<Vec<_>, _>>()?;
    let mut steps: Vec<Step> = counts
        .iter()
        .map(|&threads| Step {
            threads,
            times: Vec::new(),
        })
        .collect();
    for pool in &pools {
        pool.install(&work);
    }
    for _ in 0..runs.get() {
        for (pool, step) in pools.iter().zip(&mut steps) {
            step.times.push(pool.install(|| {
                let start = clock();
                work();
                clock() - start
            }));
        }
    }
    Ok(steps)
    // end
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
    // skeleton: todo!("choose among {} steps", steps.len())
    // solution:
    let median_of = |step: &Step| step.interval().median;
    let best = steps.iter().map(median_of).min_by(f64::total_cmp)?;
    steps
        .iter()
        .filter(|step| step.interval().low <= best * (1.0 + TOLERANCE))
        .map(|step| step.threads)
        .min()
    // end
}
// solution:

fn pool_of(threads: NonZeroUsize) -> Result<ThreadPool, ThreadPoolBuildError> {
    ThreadPoolBuilder::new().num_threads(threads.get()).build()
}
// end
