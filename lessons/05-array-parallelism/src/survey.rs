//! An area and the heights between which it lies: more than one number out of one loop.

/// What is seen of a function on the way from `a` to `b`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Survey {
    /// The area under the function, by the left rule.
    pub area: f64,
    /// The lowest height among the samples.
    pub lowest: f64,
    /// The highest height among the samples.
    pub highest: f64,
}

/// The survey of `f` from `a` to `b` with `n` samples, in one loop that begins with the first sample.
///
/// # Panics
///
/// If `n` is 0: there is no sample to begin with.
pub fn survey_loop<F>(f: F, a: f64, b: f64, n: usize) -> Survey
where
    F: Fn(f64) -> f64,
{
    assert_ne!(n, 0, "there is no sample to begin with");
    let dx = (b - a) / n as f64;
    let first = f(a);
    let (mut sum, mut lowest, mut highest) = (first, first, first);
    // Signed, because x86-64 turns an i64 into an f64 with one instruction and a usize with several.
    for i in 1..n as i64 {
        let height = f(a + i as f64 * dx);
        sum += height;
        lowest = lowest.min(height);
        highest = highest.max(height);
    }
    Survey { area: sum * dx, lowest, highest }
}
