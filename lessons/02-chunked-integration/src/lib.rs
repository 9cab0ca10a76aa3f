#![doc = include_str!("../README.md")]

pub mod split;

/// The integrand of the course, x² − x. Its integral from 0 to 2 is 2/3.
#[inline]
pub fn f(x: f64) -> f64 {
    x * x - x
}

/// The serial baseline: the integral of `f` from `a` to `b` by the left rule, with `n` samples, in one loop.
///
/// NaN for `n` = 0, where the step `(b − a) / n` is no number.
pub fn integrate_loop<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64,
{
    let dx = (b - a) / n as f64;
    let mut sum = 0.0;
    // Signed, because x86-64 turns an i64 into an f64 with one instruction and a usize with several.
    for i in 0..n as i64 {
        sum += f(a + i as f64 * dx);
    }
    sum * dx
}
