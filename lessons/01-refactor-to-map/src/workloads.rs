//! The workloads of the lesson, declared once for everything that times them.

use std::hint::black_box;

use instruments::Workload;

use crate::{f, integrate_loop};

const SAMPLES_OF_THE_LARGE: usize = 10_000_000;

/// So few that handing them over costs more than computing them.
const SAMPLES_OF_THE_TINY: usize = 100;

/// How often the tiny integral is taken in one run: enough for a clock to see.
const TIMES: usize = 1_000;

/// One large integral, which two threads should win, and many tiny ones, which they should lose.
///
/// `integrate(a, b, n)` is the call under test, with [`f`] as its integrand. The answers agree when they
/// differ by no more than the rounding of their sums.
pub fn declared(
    integrate: impl Fn(f64, f64, usize) -> f64 + Copy + Send + Sync + 'static,
) -> Vec<Workload> {
    let serial = |a, b, n| integrate_loop(f, a, b, n);
    vec![
        Workload::new(
            "one integral of 10,000,000 samples",
            SAMPLES_OF_THE_LARGE as u64,
            move || from_0_to_2(serial, SAMPLES_OF_THE_LARGE),
            move || from_0_to_2(integrate, SAMPLES_OF_THE_LARGE),
            |serial, subject| agree(*serial, *subject, SAMPLES_OF_THE_LARGE),
        ),
        Workload::new(
            "1,000 integrals of 100 samples, one after the other",
            (TIMES * SAMPLES_OF_THE_TINY) as u64,
            move || repeated(serial),
            move || repeated(integrate),
            |serial, subject| agree(*serial, *subject, TIMES * SAMPLES_OF_THE_TINY),
        ),
    ]
}

/// The workloads with `integrate_parallel` of the crate `$subject` under test.
///
/// The integrand is named here, at the call, so that the compiler can inline it.
#[macro_export]
macro_rules! workloads {
    ($subject:ident) => {
        $crate::workloads::declared(|a, b, n| $subject::integrate_parallel($crate::f, a, b, n))
    };
}

fn from_0_to_2(integrate: impl Fn(f64, f64, usize) -> f64, n: usize) -> f64 {
    integrate(black_box(0.0), black_box(2.0), black_box(n))
}

fn repeated(integrate: impl Fn(f64, f64, usize) -> f64) -> f64 {
    (0..TIMES)
        .map(|_| from_0_to_2(&integrate, SAMPLES_OF_THE_TINY))
        .sum()
}

/// A sum of `terms` numbers is within `terms · ε / 2` of the sum of their absolute values, which for `x² − x` from 0
/// to 2 is 1.5 times the area: two such sums differ by less than twice `terms · ε`.
fn agree(serial: f64, subject: f64, terms: usize) -> bool {
    (serial - subject).abs() <= 2.0 * terms as f64 * f64::EPSILON * serial.abs()
}
