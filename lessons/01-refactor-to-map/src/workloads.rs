//! The workloads of the lesson, declared once for everything that times them.

use std::hint::black_box;

use testkit::{Count, Job, Samples, Trail, Workload};

use crate::{f, integrate_loop};

const SAMPLES_OF_THE_LARGE: usize = 10_000_000;

/// From an integral that is over before a second thread is awake to one that keeps all busy.
const TINY_TO_LARGE: [usize; 6] = [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// So few that handing them over costs more than computing them.
const SAMPLES_OF_THE_TINY: usize = 100;

/// How often the tiny integral is taken in one run: enough for a clock to see.
const TIMES: usize = 1_000;

/// How large an integral has to be for handing it over to pay.
const TINY_TO_MIDDLING: [usize; 4] = [10, 100, 1_000, 10_000];

/// One large integral, which two threads should win, and many tiny ones, which they should lose.
///
/// `integrate(samples)` is the call under test, with [`f`] as its integrand; `traced` does the same with an integrand
/// that tells the trail, each sample numbered from what it is given on. The answers agree when they differ by no more
/// than the rounding of their sums.
pub fn declared(
    integrate: impl Fn(Samples) -> f64 + Copy + Send + Sync + 'static,
    traced: impl Fn(&Trail, usize, Samples) -> f64 + Copy + Send + Sync + 'static,
) -> Vec<Workload> {
    let integrals = move |times: usize, n: usize| {
        Job::new(
            (times * n) as u64,
            move || repeated(times, n, |_, at| integrate_loop(f, at.a, at.b, at.n)),
            move || repeated(times, n, |_, samples| integrate(samples)),
            move |serial, subject| agree(*serial, *subject, times * n),
            |area| *area,
        )
        .traced("samples", move |trail| {
            black_box(repeated(times, n, |first, samples| {
                traced(trail, first, samples)
            }));
        })
    };
    vec![
        Workload::new(
            "one integral",
            Count::of("samples", SAMPLES_OF_THE_LARGE).swept(TINY_TO_LARGE),
            move |at| integrals(1, at.size),
        ),
        Workload::new(
            "1,000 integrals one after the other",
            Count::of("samples each", SAMPLES_OF_THE_TINY).swept(TINY_TO_MIDDLING),
            move |at| integrals(TIMES, at.size).in_sequence(),
        ),
    ]
}

/// The workloads with `integrate_parallel` of the crate `$subject` under test.
///
/// The integrand is named here, at the call, so that the compiler can inline it.
#[macro_export]
macro_rules! workloads {
    ($subject:ident) => {
        $crate::workloads::declared(
            |at| $subject::integrate_parallel($crate::f, at.a, at.b, at.n),
            |trail, first, at| {
                let f = at.followed_from(first, trail, $crate::f);
                $subject::integrate_parallel(f, at.a, at.b, at.n)
            },
        )
    };
}

/// The same integral from 0 to 2 so many times, and the sum of all. Each is told where its samples stand among those of
/// the whole run.
fn repeated(times: usize, n: usize, integrate: impl Fn(usize, Samples) -> f64) -> f64 {
    let (a, b) = (0.0, 2.0);
    (0..times)
        .map(|k| integrate(k * n, black_box(Samples { a, b, n })))
        .sum()
}

/// A sum of `terms` numbers is within `terms · ε / 2` of the sum of their absolute values, which for `x² − x` from 0
/// to 2 is 1.5 times the area: two such sums differ by less than twice `terms · ε`.
fn agree(serial: f64, subject: f64, terms: usize) -> bool {
    (serial - subject).abs() <= 2.0 * terms as f64 * f64::EPSILON * serial.abs()
}
