#![doc = include_str!("../README.md")]

mod step;
pub mod workloads;

use std::time::{Duration, Instant};

pub use instruments::paired::Interval;
use rayon::prelude::*;
pub use step::Step;

/// The integrand of the course, x² − x. Its integral from 0 to 2 is 2/3.
#[inline]
pub fn f(x: f64) -> f64 {
    x * x - x
}

/// The serial baseline: the integral of `f` from `a` to `b` by the left rule, with `n` samples, in one loop.
///
/// NaN for `n` = 0, where the step `(b − a) / n` is no number.
pub fn integrate_loop<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64,
{
    let dx = (b - a) / n as f64;
    let mut sum = 0.0;
    // Signed, because x86-64 turns an i64 into an f64 with one instruction and a usize with several.
    for i in 0..n as i64 {
        sum += f(a + i as f64 * dx);
    }
    sum * dx
}

/// The same integral in [`CHUNKS`] tasks, in the pool in which it is called. `n` is a multiple of [`CHUNKS`].
///
/// # Panics
///
/// If `n` is no multiple of [`CHUNKS`]: lesson 02 is about such numbers, this one is not.
pub fn integrate_parallel<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    assert!(n % CHUNKS == 0, "{n} is no multiple of {CHUNKS}");
    let width = (b - a) / CHUNKS as f64;
    let area_of = |chunk| {
        let start = a + chunk as f64 * width;
        integrate_loop(&f, start, start + width, n / CHUNKS)
    };
    (0..CHUNKS)
        .into_par_iter()
        .with_max_len(1)
        .map(area_of)
        .sum()
}

/// Several tasks for every core of a laptop, so that a core which is held up leaves its tasks to the others.
pub const CHUNKS: usize = 64;

/// A clock: each look at it tells the time that has passed since this call.
pub fn wall_clock() -> impl Fn() -> Duration + Sync {
    let start = Instant::now();
    move || start.elapsed()
}
