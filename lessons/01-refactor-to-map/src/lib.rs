#![doc = include_str!("../README.md")]

/// The integrand of the lesson: `x² − x`. Its integral from 0 to 2 is 2/3.
// Without this no other crate could inline it while cargo compiles incrementally, and a sample would cost a call.
#[inline]
pub fn f(x: f64) -> f64 {
    x * x - x
}

/// The area under `f` from `a` to `b` by the left rule with `n` steps: the serial baseline.
///
/// The sum of `f(a + i·dx)` over `i` in `0..n`, times `dx = (b − a) / n`. Its error falls as 1/n: it is close to
/// `(f(b) − f(a)) · dx / 2`. From right to left (`a > b`) the area is negative. `n = 0` takes no sample: 0.0.
pub fn integrate_loop<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    let mut total = 0.0;
    for i in 0..n {
        total += f(a + i as f64 * dx);
    }
    total * dx
}
