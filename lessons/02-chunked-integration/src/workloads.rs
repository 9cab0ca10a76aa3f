//! What every tool that measures this lesson runs, declared once.

use std::hint::black_box;
use std::num::NonZeroUsize;

use instruments::Workload;

/// Enough that the loop takes milliseconds, so that starting the work is not what is measured.
const SAMPLES: usize = 10_000_000;

/// Several chunks for every core of a laptop, so that a core which is held up leaves its chunks to the others.
const CHUNKS: NonZeroUsize = NonZeroUsize::new(64).unwrap();

/// From `a` to `b`.
const INTERVAL: (f64, f64) = (0.0, 2.0);

/// The workloads for `integrate(a, b, n, chunks)`, which integrates [`f`](crate::f).
pub fn declared(
    integrate: impl Fn(f64, f64, usize, NonZeroUsize) -> f64 + Copy + Send + Sync + 'static,
) -> Vec<Workload> {
    let (a, b) = INTERVAL;
    vec![
        Workload::new(
            format!("integral of x² − x, {SAMPLES} samples in {CHUNKS} chunks"),
            SAMPLES as u64,
            move || crate::integrate_loop(crate::f, black_box(a), black_box(b), black_box(SAMPLES)),
            move || integrate(black_box(a), black_box(b), black_box(SAMPLES), CHUNKS),
            |serial, parallel| (serial - parallel).abs() <= ROUNDING * serial.abs(),
        )
        .with_digest(move || crate::integrate_loop(crate::f, a, b, SAMPLES)),
    ]
}

/// Each addition, in either sum, rounds by half an epsilon of the sum of all |f| at most. That is 1.5 times the integral,
/// since f is negative at first.
const ROUNDING: f64 = 1.5 * SAMPLES as f64 * f64::EPSILON;

/// The workloads for the `integrate` of a crate: `workloads!(chunked_integration)`.
///
/// The integrand is named where it is called, so that the compiler can put it into the loop.
#[macro_export]
macro_rules! workloads {
    ($subject:ident) => {
        $crate::workloads::declared(|a, b, n, chunks| {
            $subject::integrate($crate::f, a, b, n, chunks)
        })
    };
}
