//! What every tool that measures this lesson runs.

use std::hint::black_box;

use lesson::{CHUNKS, f, first_sample_of, integrate_loop, integrate_parallel};
use testkit::{BenchCase, Parameter, Samples, Workload};
use thread_control::with_threads;

/// Enough that the loop takes milliseconds: starting a pool is then a small part.
const SAMPLES: usize = 10_000_000;

/// From an integral that is over before a pool is started to one beside which its start is nothing.
const TINY_TO_LARGE: [usize; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// From `a` to `b`.
const INTERVAL: (f64, f64) = (0.0, 2.0);

/// Why no pool fails to start here.
const STARTS: &str = "the system starts as many threads as are asked for";

pub fn all() -> Vec<Workload> {
    let (a, b) = INTERVAL;
    vec![Workload::new(
        "integral of x² − x in a pool started for it",
        Parameter::new("samples", SAMPLES).sweep_over(TINY_TO_LARGE),
        move |at| {
            let (threads, n) = (at.threads, at.size);
            BenchCase::new(
                n as u64,
                move || integrate_loop(f, black_box(a), black_box(b), black_box(n)),
                move || {
                    let Samples { a, b, n } = black_box(Samples { a, b, n });
                    with_threads(threads, || integrate_parallel(f, a, b, n)).expect(STARTS)
                },
                move |serial, parallel| (serial - parallel).abs() <= rounding(n) * serial.abs(),
                |area| *area,
            )
            .with_trace("samples", move |tracer| {
                let f = Samples { a, b, n }.trace_on(tracer, f);
                let area = with_threads(threads, || integrate_parallel(f, a, b, n));
                black_box(area.expect(STARTS));
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
