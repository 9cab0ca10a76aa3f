//! How figures are compared.

use approx::{abs_diff_eq, relative_eq};
use testkit::Mismatch;

/// Equal to a relative 10⁻⁹, or infinite where that is expected.
pub fn expect_ratio(what: &str, actual: f64, expected: f64) -> Result<(), Mismatch> {
    Mismatch::unless(
        relative_eq!(actual, expected, max_relative = 1e-9),
        format!("{what} is {actual:?}"),
        format!("{expected:?}"),
    )
}

/// Work of which the part `fraction` cannot be split takes `fraction + (1 − fraction) / p` of its time (Amdahl's law).
pub fn amdahl(fraction: f64, count: usize) -> f64 {
    1.0 / (fraction + (1.0 - fraction) / count as f64)
}

/// How much a serial fraction may be off: far more than the rounding of `1 / speed_up` and `1 / count`, whose difference it is.
pub fn rounding(speed_up: f64, count: usize) -> f64 {
    1e-9 * (1.0 / speed_up + 1.0 / count as f64)
}

/// Names two likely mistakes in the formula.
pub fn expect_fraction(
    speed_up: f64,
    count: usize,
    actual: Option<f64>,
    expected: f64,
    tolerance: f64,
) -> Result<(), Mismatch> {
    let is = |value: f64| {
        actual.is_some_and(|fraction| abs_diff_eq!(fraction, value, epsilon = tolerance))
    };
    let p = count as f64;
    let remark = match () {
        () if is(1.0 / speed_up - 1.0 / p) => ", as if not divided by 1 − 1/p",
        () if is(1.0 - speed_up / p) => ", the part of the efficiency that is lost",
        () => "",
    };
    Mismatch::unless(
        is(expected),
        format!(
            "speed-up {speed_up:.4} on {count} threads: the serial fraction is {actual:?}{remark}"
        ),
        format!("Some({expected:.4}), to {tolerance:.0e}"),
    )
}
