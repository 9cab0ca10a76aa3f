//! What every tool that measures this lesson runs, declared once.

use std::hint::black_box;
use std::num::NonZeroUsize;

use testkit::{Count, Job, Samples, Trail, Workload};

use crate::{CHUNKS, f, first_sample_of, integrate_loop};

/// Enough that the loop takes milliseconds: starting a pool is then a small part.
const SAMPLES: usize = 10_000_000;

/// From an integral that is over before a pool is started to one beside which its start is nothing.
const TINY_TO_LARGE: [usize; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// From `a` to `b`.
const INTERVAL: (f64, f64) = (0.0, 2.0);

/// The workloads for `with_threads`: `integrate_on(threads, samples)` runs
/// [`integrate_parallel`](crate::integrate_parallel) by it, with [`f`], on so many threads; `traced_on` does the same
/// with an integrand that tells the trail.
pub fn declared(
    integrate_on: impl Fn(NonZeroUsize, Samples) -> f64 + Copy + Send + Sync + 'static,
    traced_on: impl Fn(&Trail, NonZeroUsize, Samples) -> f64 + Copy + Send + Sync + 'static,
) -> Vec<Workload> {
    let (a, b) = INTERVAL;
    vec![Workload::new(
        "integral of x² − x in a pool started for it",
        Count::of("samples", SAMPLES).swept(TINY_TO_LARGE),
        move |at| {
            let (threads, n) = (at.threads, at.size);
            let samples = Samples { a, b, n };
            Job::new(
                n as u64,
                move || integrate_loop(f, black_box(a), black_box(b), black_box(n)),
                move || integrate_on(threads, black_box(samples)),
                move |serial, parallel| (serial - parallel).abs() <= rounding(n) * serial.abs(),
                |area| *area,
            )
            .traced("samples", move |trail| {
                black_box(traced_on(trail, threads, samples));
            })
            .with_tasks(move || (0..CHUNKS).map(|chunk| first_sample_of(chunk, n)).collect())
        },
    )]
}

/// Two orders of adding may differ by half an epsilon an addition and a sum. The sum of the absolute values is 1.5 times
/// the area here.
fn rounding(n: usize) -> f64 {
    1.5 * n as f64 * f64::EPSILON
}

/// The workloads for the `with_threads` of a crate: `workloads!(thread_control)`.
///
/// The integrand is named where it is called, so that the compiler can put it into the loop.
#[macro_export]
macro_rules! workloads {
    ($subject:ident) => {
        $crate::workloads::declared(
            |threads, at| {
                $subject::with_threads(threads, || {
                    $crate::integrate_parallel($crate::f, at.a, at.b, at.n)
                })
                .expect("the system starts as many threads as are asked for")
            },
            |trail, threads, at| {
                let f = at.followed_on(trail, $crate::f);
                $subject::with_threads(threads, || $crate::integrate_parallel(f, at.a, at.b, at.n))
                    .expect("the system starts as many threads as are asked for")
            },
        )
    };
}
