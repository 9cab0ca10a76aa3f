//! The samples of the left rule, told apart by their value.

mod any_bounds;
#[cfg(target_pointer_width = "64")]
mod far_end;
mod off_grid_sample;
mod random_integrand;

pub use any_bounds::claim_any_bounds;
#[cfg(target_pointer_width = "64")]
pub use far_end::claim_far_end;
pub use off_grid_sample::OffGridSample;
pub use random_integrand::{ODD_NUMBERS, RandomIntegrand};

use crate::{Tracer, coverage};

/// The evenly spaced samples of the left rule: `x_i = a + i·(b − a)/n` for `i` in `0..n`.
///
/// `b` may lie below `a`. `a`, `b` and `b − a` are finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Samples {
    /// Where the interval begins: the first sample.
    pub a: f64,
    /// Where the interval ends, which is not a sample.
    pub b: f64,
    /// How many samples there are.
    pub n: usize,
}

/// Added to a number that is not huge, it leaves the nearest integer in the lowest bits: 1.5 · 2⁵², where one f64 is one
/// more than the last. That is cheaper than a conversion, which also has to know what becomes of NaN.
const TO_INTEGERS: f64 = 6_755_399_441_055_744.0;

impl Samples {
    /// The place of sample `i`.
    pub fn x(&self, i: usize) -> f64 {
        self.a + i as f64 * self.step()
    }

    /// The distance from one sample to the next, negative if `b < a`.
    pub fn step(&self) -> f64 {
        (self.b - self.a) / self.n as f64
    }

    /// The index of the sample at `x`.
    ///
    /// Every honest way to compute `x` from its index is accepted: `a + i·dx`, `a + (b − a)·i/n`, `a·(1 − t) + b·t`, with
    /// or without fused multiply-add.
    ///
    /// # Errors
    ///
    /// [`OffGridSample`] if `x` is off the nearest sample by more than their rounding.
    ///
    /// # Panics
    ///
    /// If the samples lie so close together that rounding blurs them (`a = b` is the extreme).
    ///
    /// ```
    /// use testkit::Samples;
    ///
    /// let samples = Samples { a: 0.0, b: 2.0, n: 10 };
    /// assert_eq!(samples.index_of(7.0 * 2.0 / 10.0), Ok(7));
    ///
    /// let end = samples.index_of(2.0).unwrap_err();
    /// assert_eq!(end.to_string(), "x = 2 is the end of the interval: the last of the 10 samples lies one step before it");
    /// ```
    pub fn index_of(&self, x: f64) -> Result<usize, OffGridSample> {
        let nearest = self.position(x).round();
        let is_sample = (0.0..self.n as f64).contains(&nearest);
        if is_sample && (x - self.x(nearest as usize)).abs() <= self.rounding() {
            Ok(nearest as usize)
        } else {
            Err(OffGridSample { x, samples: *self })
        }
    }

    /// Checks that `xs`, in any order, are each sample exactly once.
    ///
    /// # Errors
    ///
    /// The first fault in words: the first `x` along the interval that is not a sample, or else the first sample that is left
    /// out or taken more than once.
    ///
    /// # Panics
    ///
    /// As [`index_of`](Self::index_of) does.
    pub fn check(&self, xs: impl IntoIterator<Item = f64>) -> Result<(), String> {
        let mut first_drifted: Option<OffGridSample> = None;
        let mut indices = Vec::new();
        for x in xs {
            match self.index_of(x) {
                Ok(index) => indices.push(index),
                Err(drifted) => {
                    if first_drifted.is_none_or(|first| self.position(x) < self.position(first.x)) {
                        first_drifted = Some(drifted);
                    }
                }
            }
        }
        match first_drifted {
            Some(drifted) => Err(drifted.to_string()),
            None => coverage(self.n, indices).map_err(|uncovered| uncovered.to_string()),
        }
    }

    /// `f`, which reports every sample to `tracer` before it is evaluated.
    ///
    /// An `x` between two samples is reported as the nearer one.
    pub fn trace_on(
        self,
        tracer: &Tracer,
        f: impl Fn(f64) -> f64 + Sync,
    ) -> impl Fn(f64) -> f64 + Sync {
        self.trace_from(0, tracer, f)
    }

    /// `f`, which reports sample i to `tracer` as item `first + i` before it is evaluated: for one of several integrals.
    pub fn trace_from(
        self,
        first: usize,
        tracer: &Tracer,
        f: impl Fn(f64) -> f64 + Sync,
    ) -> impl Fn(f64) -> f64 + Sync {
        let (a, steps_a_unit) = (self.a, 1.0 / self.step());
        let from = first.wrapping_sub(TO_INTEGERS.to_bits() as usize);
        move |x| {
            let rounded = (x - a) * steps_a_unit + TO_INTEGERS;
            tracer.step(from.wrapping_add(rounded.to_bits() as usize));
            f(x)
        }
    }

    /// Where `x` lies, counted in steps from `a`.
    fn position(&self, x: f64) -> f64 {
        assert!(
            self.n == 0 || self.step().abs() > 4.0 * self.rounding(),
            "{self:?}: the samples are too close together to be told apart"
        );
        (x - self.a) / self.step()
    }

    /// How far two honest computations of one sample may differ.
    ///
    /// The rounding errors of `a + i·((b − a)/n)` sum to at most 7 half-units in the last place of the larger end (the
    /// difference, the division and the product each half a unit of up to twice that end, the sum half a unit), those of
    /// `a·(1 − t) + b·t` to fewer. Two of them: 14 half-units, 7 units; 8 to be round.
    fn rounding(&self) -> f64 {
        8.0 * f64::EPSILON * self.a.abs().max(self.b.abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trail_is_told_of_each_sample_by_its_index() {
        let samples = Samples { a: 3.0, b: 1.0, n: 1000 };
        let tracer = Tracer::new(vec![]);
        let f = samples.trace_on(&tracer, |x| 2.0 * x);
        (0..1000).for_each(|i| assert_eq!(f(samples.x(i)), 2.0 * samples.x(i)));
        drop(f);
        let pieces = &tracer.finish().lanes[0].pieces;
        assert_eq!(pieces.len(), 1, "{pieces:?}");
        assert_eq!((pieces[0].items.start, pieces[0].items.end), (0, 1000));
    }

    #[test]
    fn a_trail_tells_several_integrals_apart() {
        let samples = Samples { a: 0.0, b: 2.0, n: 10 };
        let tracer = Tracer::new(vec![]);
        for first in [0, 10, 40] {
            let f = samples.trace_from(first, &tracer, |x| x);
            (0..10).for_each(|i| assert_eq!(f(samples.x(i)), samples.x(i)));
        }
        let pieces = tracer.finish().lanes.remove(0).pieces;
        let items: Vec<_> = pieces.into_iter().map(|piece| piece.items).collect();
        assert_eq!(items, [0..20, 40..50]);
    }

    /// Intervals with a ≠ 0, a < 0, b < a, unlike magnitudes.
    const INTERVALS: [(f64, f64); 8] = [
        (0.0, 2.0),
        (2.0, 0.0),
        (-3.0, 5.0),
        (1.0, 1.1),
        (0.1, 0.7),
        (-1e6, -1.0),
        (7.3, -1e-3),
        (1000.0, 1001.0),
    ];

    type HonestWay = fn(f64, f64, f64, f64) -> f64;

    /// x of sample i of n on a..b.
    const HONEST_WAYS: [(&str, HonestWay); 6] = [
        ("a + i·dx", |a, b, n, i| a + i * ((b - a) / n)),
        ("a + (b − a)·i/n", |a, b, n, i| a + (b - a) * i / n),
        ("a + (b − a)·(i/n)", |a, b, n, i| a + (b - a) * (i / n)),
        ("fused a + i·dx", |a, b, n, i| i.mul_add((b - a) / n, a)),
        ("a·(1 − t) + b·t", |a, b, n, i| a * (1.0 - i / n) + b * (i / n)),
        ("(a·(n − i) + b·i)/n", |a, b, n, i| (a * (n - i) + b * i) / n),
    ];

    #[test]
    fn every_honest_way_to_compute_x_is_accepted() {
        for (a, b) in INTERVALS {
            for n in [1, 2, 3, 7, 100, 99_999, 10_000_000] {
                let samples = Samples { a, b, n };
                let some = (0..n).step_by(1 + n / 5000).chain([n / 2, n - 1]);
                for i in some {
                    for (way, x) in HONEST_WAYS {
                        let x = x(a, b, n as f64, i as f64);
                        assert_eq!(samples.index_of(x), Ok(i), "{samples:?}, {way}");
                    }
                }
            }
        }
    }

    #[test]
    fn drift_by_repeated_addition_is_rejected_and_the_first_drifted_sample_is_named() {
        for (a, b) in INTERVALS {
            let samples = Samples { a, b, n: 100_000 };
            let mut xs = vec![a];
            xs.extend((1..samples.n).scan(a, |x, _| {
                *x += samples.step();
                Some(*x)
            }));
            let first = xs.iter().position(|&x| samples.index_of(x).is_err()).expect("it drifts");
            let told = samples.check(xs.iter().copied().rev()).unwrap_err();
            assert!(
                told.starts_with(&format!("sample {first} is at x = {}, off its place", xs[first])),
                "{told}"
            );
            assert!(told.ends_with("it drifted"), "{told}");
        }
    }

    #[test]
    fn drift_within_chunks_is_rejected() {
        let samples = Samples { a: 0.0, b: 2.0, n: 100_000 };
        let xs = (0..4).flat_map(|chunk| {
            let start = samples.x(chunk * 25_000);
            (0..25_000).scan(start, move |next, _| {
                let x = *next;
                *next += samples.step();
                Some(x)
            })
        });
        let told = samples.check(xs).unwrap_err();
        assert!(told.contains("it drifted"), "{told}");
    }

    #[test]
    fn each_sample_once_in_any_order_is_right() {
        let samples = Samples { a: 1.0, b: -1.0, n: 10 };
        assert_eq!(samples.check((0..10).rev().map(|i| samples.x(i))), Ok(()));
    }

    #[test]
    fn a_left_out_and_a_repeated_sample_are_named() {
        let samples = Samples { a: 0.0, b: 1.0, n: 10 };
        let xs = |indices: &[usize]| indices.iter().map(|&i| samples.x(i)).collect::<Vec<_>>();
        assert_eq!(
            samples.check(xs(&[0, 1, 2, 3, 4, 5, 6, 7, 8])),
            Err("sample 9 is never evaluated".to_owned())
        );
        assert_eq!(
            samples.check(xs(&[0, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9])),
            Err("sample 4 is evaluated 2 times".to_owned())
        );
    }

    #[test]
    fn no_samples_are_covered_by_no_calls() {
        let samples = Samples { a: 0.0, b: 2.0, n: 0 };
        assert_eq!(samples.check([]), Ok(()));
        assert_eq!(
            samples.check([0.5]),
            Err("x = 0.5 is evaluated, but there are no samples".to_owned())
        );
    }

    #[test]
    #[should_panic(expected = "too close together")]
    fn samples_that_rounding_blurs_are_refused() {
        let _ = Samples { a: 1.0, b: 1.0, n: 10 }.index_of(1.0);
    }
}
