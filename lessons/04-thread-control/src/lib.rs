#![doc = include_str!("../README.md")]

mod address_space;
mod step;

use std::time::{Duration, Instant};

pub use address_space::limit_address_space;
use rayon::prelude::*;
pub use step::Step;
pub use testkit::paired::Interval;

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

/// The same integral in [`CHUNKS`] tasks, in the pool in which it is called. Up to rounding it is the loop's.
pub fn integrate_parallel<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let dx = (b - a) / n as f64;
    let sum_of = |chunk| {
        let mut sum = 0.0;
        for i in first_sample_of(chunk, n) as i64..first_sample_of(chunk + 1, n) as i64 {
            sum += f(a + i as f64 * dx);
        }
        sum
    };
    let chunks = (0..CHUNKS).into_par_iter().with_max_len(1);
    chunks.map(sum_of).sum::<f64>() * dx
}

/// Where a chunk of `n` samples begins. The chunks differ by one sample at most; lesson 02 is about that.
pub fn first_sample_of(chunk: usize, n: usize) -> usize {
    chunk * (n / CHUNKS) + chunk.min(n % CHUNKS)
}

/// Several tasks for every core of a laptop, so that a core which is held up leaves its tasks to the others.
pub const CHUNKS: usize = 64;

/// A clock: each look at it tells the time that has passed since this call.
pub fn wall_clock() -> impl Fn() -> Duration + Sync {
    let start = Instant::now();
    move || start.elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_samples_gives_the_area_of_the_loop() {
        for n in [1, 63, 64, 65, 1000, 10_000] {
            let (serial, parallel) =
                (integrate_loop(f, 1.0, 2.0, n), integrate_parallel(f, 1.0, 2.0, n));
            let off = (serial - parallel).abs();
            assert!(off <= n as f64 * f64::EPSILON * serial.abs(), "n = {n}: {off}");
        }
    }
}
