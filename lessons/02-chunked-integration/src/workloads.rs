//! What every tool that measures this lesson runs, declared once.

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::Range;

use testkit::{Count, Job, Samples, Trail, Workload};

/// Enough that the loop takes milliseconds, so that starting the work is not what is measured.
const SAMPLES: usize = 10_000_000;

/// Several chunks for every core of a laptop, so that a core which is held up leaves its chunks to the others.
const CHUNKS: usize = 64;

/// From one chunk, where nothing can run beside anything, to chunks of ten samples, which cost more to hand over than to
/// compute.
const FROM_COARSE_TO_FINE: [usize; 9] = [1, 2, 4, 8, 64, 1_000, 10_000, 100_000, 1_000_000];

/// From `a` to `b`.
const INTERVAL: (f64, f64) = (0.0, 2.0);

/// The workload for `integrate(samples, chunks)`, which integrates [`f`](crate::f); `traced` does the same with an
/// integrand that tells the trail, and `ranges` are the chunks.
pub fn declared(
    integrate: impl Fn(Samples, NonZeroUsize) -> f64 + Copy + Send + Sync + 'static,
    traced: impl Fn(&Trail, Samples, NonZeroUsize) -> f64 + Copy + Send + Sync + 'static,
    ranges: impl Fn(usize, NonZeroUsize) -> Vec<Range<usize>> + Copy + Send + Sync + 'static,
) -> Vec<Workload> {
    let (a, b) = INTERVAL;
    let size = Count::of("samples", SAMPLES);
    let workload = Workload::new("integral of x² − x", size, move |at| {
        let (n, chunks) = (at.size, at.tasks);
        let samples = Samples { a, b, n };
        Job::new(
            n as u64,
            move || crate::integrate_loop(crate::f, black_box(a), b, black_box(n)),
            move || integrate(black_box(samples), black_box(chunks)),
            move |serial, parallel| (serial - parallel).abs() <= rounding(n) * serial.abs(),
            |area| *area,
        )
        .traced("samples", move |trail| {
            black_box(traced(trail, samples, chunks));
        })
        .with_tasks(move || {
            let ranges = ranges(n, chunks).into_iter();
            ranges.map(|range| range.start).collect()
        })
    });
    vec![workload.in_tasks(Count::of("chunks", CHUNKS).swept(FROM_COARSE_TO_FINE))]
}

/// Each addition, in either sum, rounds by half an epsilon of the sum of all |f| at most. That is 1.5 times the integral,
/// since f is negative at first.
fn rounding(n: usize) -> f64 {
    1.5 * n as f64 * f64::EPSILON
}

/// The workload for the functions of a crate: `workloads!(chunked_integration)`.
///
/// The integrand is named where it is called, so that the compiler can put it into the loop.
#[macro_export]
macro_rules! workloads {
    ($subject:ident) => {
        $crate::workloads::declared(
            |samples, chunks| {
                $subject::integrate($crate::f, samples.a, samples.b, samples.n, chunks)
            },
            |trail, samples, chunks| {
                let f = samples.followed_on(trail, $crate::f);
                $subject::integrate(f, samples.a, samples.b, samples.n, chunks)
            },
            $subject::chunk_ranges,
        )
    };
}
