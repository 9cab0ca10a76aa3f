//! Figures, and how they are compared.

use std::num::NonZeroUsize;
use std::time::Duration;

use approx::{abs_diff_eq, relative_eq};
use lesson::Step;
use testkit::expect;
use thread_control::{choose, karp_flatt};

use super::threads;

/// The notebook's threads, with mean and standard deviation of 7 runs in milliseconds.
pub const NOISY_ROW: [(usize, f64, f64); 6] = [
    (2, 65.0, 16.0),
    (3, 61.2, 7.26),
    (4, 50.9, 1.66),
    (5, 62.9, 3.85),
    (6, 55.3, 3.39),
    (7, 50.8, 1.38),
];

#[track_caller]
pub fn expect_ratio(case: String, seen: f64, expected: f64) {
    expect(
        relative_eq!(seen, expected, max_relative = 1e-9),
        format!("{case} {seen}"),
        expected,
    );
}

/// Two likely mistakes in the formula are named.
#[track_caller]
pub fn expect_fraction(speed_up: f64, count: usize, expected: f64, tolerance: f64) {
    let fraction = karp_flatt(speed_up, threads(count));
    let is = |value: f64| {
        fraction.is_some_and(|fraction| abs_diff_eq!(fraction, value, epsilon = tolerance))
    };
    let p = count as f64;
    let remark = match () {
        () if is(1.0 / speed_up - 1.0 / p) => ", as if not divided by 1 − 1/p",
        () if is(1.0 - speed_up / p) => ", the part of the efficiency that is lost",
        () => "",
    };
    expect(
        is(expected),
        format!(
            "speed-up {speed_up:.4} on {count} threads: the serial fraction is {fraction:?}{remark}"
        ),
        format!("Some({expected:.4}), to {tolerance}"),
    );
}

#[track_caller]
pub fn expect_choice(name: &str, steps: &[Step], expected: usize, why: &str) {
    let chosen = choose(steps).map(NonZeroUsize::get);
    let median = |step: &Step| format!("{}: {:.1} ms", step.threads, 1e3 * step.interval().median);
    let medians: Vec<String> = steps.iter().map(median).collect();
    expect(
        chosen == Some(expected),
        format!("{name} ({}): {chosen:?}", medians.join(", ")),
        format!("Some({expected}): {why}"),
    );
}

/// A step with one time for each run.
pub fn step<const RUNS: usize>(count: usize, milliseconds: [f64; RUNS]) -> Step {
    let times = milliseconds.map(|time| Duration::from_secs_f64(time / 1e3));
    Step {
        threads: threads(count),
        times: times.to_vec(),
    }
}
