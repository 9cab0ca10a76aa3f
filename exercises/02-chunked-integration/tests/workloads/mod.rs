//! What every tool that measures this lesson runs.

use std::hint::black_box;

use chunked_integration::{chunk_ranges, integrate};
use lesson::{f, integrate_loop};
use testkit::{BenchCase, Parameter, Samples, Workload};

/// Enough that the loop takes milliseconds, so that starting the work is not what is measured.
const SAMPLES: usize = 10_000_000;

/// Several chunks for every core of a laptop, so that a core which is held up leaves its chunks to the others.
const CHUNKS: usize = 64;

/// From one chunk, where nothing can run beside anything, to chunks of ten samples, which cost more to hand over than to
/// compute.
const FROM_COARSE_TO_FINE: [usize; 9] = [1, 2, 4, 8, 64, 1_000, 10_000, 100_000, 1_000_000];

/// From `a` to `b`.
const INTERVAL: (f64, f64) = (0.0, 2.0);

pub fn all() -> Vec<Workload> {
    let (a, b) = INTERVAL;
    let size = Parameter::new("samples", SAMPLES);
    let workload = Workload::new("integral of x² − x", size, move |at| {
        let (n, chunks) = (at.size, at.tasks);
        BenchCase::new(
            n as u64,
            move || integrate_loop(f, black_box(a), b, black_box(n)),
            move || integrate(f, black_box(a), b, black_box(n), black_box(chunks)),
            move |serial, parallel| (serial - parallel).abs() <= rounding(n) * serial.abs(),
            |area| *area,
        )
        .with_trace("samples", move |tracer| {
            let f = Samples { a, b, n }.trace_on(tracer, f);
            black_box(integrate(f, a, b, n, chunks));
        })
        .with_tasks(move || {
            let ranges = chunk_ranges(n, chunks).into_iter();
            ranges.map(|range| range.start).collect()
        })
    });
    vec![workload.in_tasks(Parameter::new("chunks", CHUNKS).sweep_over(FROM_COARSE_TO_FINE))]
}

/// Each addition, in either sum, rounds by half an epsilon of the sum of all |f| at most. That is 1.5 times the integral,
/// since f is negative at first.
fn rounding(n: usize) -> f64 {
    1.5 * n as f64 * f64::EPSILON
}
