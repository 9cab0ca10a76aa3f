//! What every tool that measures this lesson runs.

use std::hint::black_box;

use lesson::{f, integrate_loop};
use refactor_to_map::integrate_parallel;
use testkit::{BenchCase, Parameter, Samples, Workload};

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
pub fn all() -> Vec<Workload> {
    vec![
        Workload::new(
            "one integral",
            Parameter::new("samples", SAMPLES_OF_THE_LARGE).sweep_over(TINY_TO_LARGE),
            |at| integrals(1, at.size),
        ),
        Workload::new(
            "1,000 integrals one after the other",
            Parameter::new("samples each", SAMPLES_OF_THE_TINY).sweep_over(TINY_TO_MIDDLING),
            |at| integrals(TIMES, at.size).in_sequence(),
        ),
    ]
}

/// `times` integrals of `n` samples each.
fn integrals(times: usize, n: usize) -> BenchCase {
    BenchCase::new(
        (times * n) as u64,
        move || sum_of_integrals(times, n, |_, at| integrate_loop(f, at.a, at.b, at.n)),
        move || sum_of_integrals(times, n, |_, at| integrate_parallel(f, at.a, at.b, at.n)),
        move |serial, subject| agree(*serial, *subject, times * n),
        |area| *area,
    )
    .with_trace("samples", move |tracer| {
        black_box(sum_of_integrals(times, n, |first, at| {
            integrate_parallel(at.trace_from(first, tracer, f), at.a, at.b, at.n)
        }));
    })
}

/// The sum of `times` integrals from 0 to 2. `integrate` is given the number of its first sample among those of the whole
/// run.
fn sum_of_integrals(times: usize, n: usize, integrate: impl Fn(usize, Samples) -> f64) -> f64 {
    let (a, b) = (0.0, 2.0);
    (0..times)
        .map(|k| integrate(k * n, black_box(Samples { a, b, n })))
        .sum()
}

/// Whether the answers differ by no more than the rounding of their sums. A sum of `terms` numbers is within
/// `terms · ε / 2` of the sum of their absolute values, which for `x² − x` from 0 to 2 is 1.5 times the area: two such
/// sums differ by less than twice `terms · ε`.
fn agree(serial: f64, subject: f64, terms: usize) -> bool {
    (serial - subject).abs() <= 2.0 * terms as f64 * f64::EPSILON * serial.abs()
}
