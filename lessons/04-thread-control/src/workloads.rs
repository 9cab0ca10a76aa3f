//! What every tool that measures this lesson runs, declared once.

use std::hint::black_box;
use std::num::NonZeroUsize;

use instruments::{Workload, cores_offered};

/// A multiple of the number of chunks, and enough that the loop takes milliseconds: starting a pool is then a small part.
const SAMPLES: usize = 10_000_000 / crate::CHUNKS * crate::CHUNKS;

/// From `a` to `b`.
const INTERVAL: (f64, f64) = (0.0, 2.0);

/// The workloads for `with_threads`: `integrate_on(threads, a, b, n)` runs
/// [`integrate_parallel`](crate::integrate_parallel) by it, with [`f`](crate::f), on so many threads.
pub fn declared(
    integrate_on: impl Fn(NonZeroUsize, f64, f64, usize) -> f64 + Copy + Send + Sync + 'static,
) -> Vec<Workload> {
    let (a, b) = INTERVAL;
    let threads = cores_offered();
    vec![Workload::new(
        format!("x² − x, {SAMPLES} samples, in a pool of {threads} started for it"),
        SAMPLES as u64,
        move || crate::integrate_loop(crate::f, black_box(a), black_box(b), black_box(SAMPLES)),
        move || integrate_on(threads, black_box(a), black_box(b), black_box(SAMPLES)),
        |serial, parallel| (serial - parallel).abs() <= ROUNDING * serial.abs(),
    )]
}

/// Two orders of adding may differ by half an epsilon an addition and a sum. The sum of the absolute values is 1.5 times
/// the area here.
const ROUNDING: f64 = 1.5 * SAMPLES as f64 * f64::EPSILON;

/// The workloads for the `with_threads` of a crate: `workloads!(thread_control)`.
///
/// The integrand is named where it is called, so that the compiler can put it into the loop.
#[macro_export]
macro_rules! workloads {
    ($subject:ident) => {
        $crate::workloads::declared(|threads, a, b, n| {
            $subject::with_threads(threads, || $crate::integrate_parallel($crate::f, a, b, n))
                .expect("the system starts as many threads as it has cores")
        })
    };
}
