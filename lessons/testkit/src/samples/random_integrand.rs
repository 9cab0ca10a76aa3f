//! An unforeseeable integrand.

use std::ops::Range;

use fastrand::Rng;

use super::Samples;
use crate::Mismatch;

/// The weight of a place that is not a sample: enough to show in any sum.
const NO_SAMPLE: f64 = 1e9;

/// The samples of an integral, each with another weight between 1 and 2, drawn by a seed.
///
/// An integral of the weights is right only if every sample was taken exactly once: one that is left out, taken twice or
/// drifted shows in the sum, except with a chance of one in a billion.
#[derive(Clone, Copy, Debug)]
pub struct RandomIntegrand {
    /// The places.
    pub samples: Samples,
    /// What the weights are drawn from.
    pub seed: u64,
}

impl RandomIntegrand {
    /// Draws an interval, in half of the cases backwards, with up to `most` samples: few as often as many, and none in about a
    /// quarter of the cases.
    pub fn draw(random: &mut Rng, most: usize) -> Self {
        let a = 10.0 * random.f64() - 5.0;
        let width = 0.5 + 4.0 * random.f64();
        let b = a + if random.bool() { width } else { -width };
        let n = match random.u8(..6) {
            0 => 0,
            _ => random.usize(..=most) >> random.u32(..=usize::BITS - most.leading_zeros()),
        };
        Self { samples: Samples { a, b, n }, seed: random.u64(..) }
    }

    /// This integrand with `n` samples.
    #[must_use]
    pub fn of(self, n: usize) -> Self {
        let samples = Samples { n, ..self.samples };
        Self { samples, ..self }
    }

    /// The weight of sample `i`.
    pub fn weight(&self, i: usize) -> f64 {
        1.0 + Rng::with_seed(self.seed ^ (i as u64).wrapping_mul(ODD)).f64()
    }

    /// The integrand: the weight of the sample at `x`; a billion where there is none.
    ///
    /// # Panics
    ///
    /// As [`Samples::index_of`] does.
    pub fn f(&self, x: f64) -> f64 {
        let index = self.samples.index_of(x);
        index.map_or(NO_SAMPLE, |index| self.weight(index))
    }

    /// How far two right sums of this many weights may be apart, relative to either: weights are positive, so each addition
    /// rounds by half an epsilon of the sum at most. The 16 are for the product with the step, however it is computed.
    pub fn rounding(&self) -> f64 {
        (self.samples.n + 16) as f64 * f64::EPSILON
    }

    /// Checks that `area` is that of the samples in `range`: their weights, times the step. No samples have the area 0.
    ///
    /// # Errors
    ///
    /// What was seen instead.
    pub fn has_area(&self, range: Range<usize>, area: f64) -> Result<(), Mismatch> {
        let sum: f64 = range.clone().map(|i| self.weight(i)).sum();
        let Samples { a, b, n } = self.samples;
        let expected = if n == 0 { 0.0 } else { sum * self.samples.step() };
        Mismatch::unless(
            (area - expected).abs() <= self.rounding() * expected.abs(),
            format!(
                "samples {range:?} of {n} from {a} to {b}, f random at each: the area is {area}"
            ),
            expected,
        )
    }
}

/// Spreads neighbouring indices over all 64 bits: 2⁶⁴ divided by the golden ratio, made odd.
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

#[cfg(test)]
mod tests {
    use super::*;

    const WEIGHED: RandomIntegrand =
        RandomIntegrand { samples: Samples { a: 1.0, b: 3.0, n: 1000 }, seed: 7 };

    #[test]
    fn every_sample_has_a_weight_of_its_own() {
        let mut weights: Vec<_> = (0..1000).map(|i| WEIGHED.weight(i)).collect();
        assert!(weights.iter().all(|weight| (1.0..2.0).contains(weight)));
        weights.sort_by(f64::total_cmp);
        weights.dedup();
        assert_eq!(weights.len(), 1000);
    }

    #[test]
    fn only_the_sum_of_every_weight_once_is_the_area() {
        let Samples { a, b, .. } = WEIGHED.samples;
        let sum: f64 = (0..1000).rev().map(|i| WEIGHED.weight(i)).sum();
        let area = sum * (b - a) / 1000.0;
        assert_eq!(WEIGHED.has_area(0..1000, area), Ok(()));
        for wrong in [area - 1e-9, area + 1e-9, -area, 0.0, f64::NAN] {
            assert!(WEIGHED.has_area(0..1000, wrong).is_err(), "{wrong}");
        }
        assert!(WEIGHED.has_area(0..999, area).is_err());
        assert_eq!(WEIGHED.has_area(7..7, 0.0), Ok(()));
    }

    #[test]
    fn all_kinds_are_drawn() {
        let mut random = Rng::with_seed(1);
        let drawn: Vec<_> =
            (0..1000).map(|_| RandomIntegrand::draw(&mut random, 100).samples).collect();
        let with = |holds: fn(&Samples) -> bool| drawn.iter().filter(|at| holds(at)).count();
        assert!(drawn.iter().all(|at| at.n <= 100));
        assert!(with(|at| at.n == 0) > 200 && with(|at| at.n == 1) > 20);
        assert!(with(|at| at.n > 50) > 20);
        assert!(with(|at| at.b < at.a) > 400 && with(|at| at.b > at.a) > 400);
        assert_eq!(RandomIntegrand::draw(&mut random, 0).samples.n, 0);
        let none = drawn.iter().find(|at| at.n == 0).copied();
        let none = none.map(|samples| RandomIntegrand { samples, seed: 1 }.has_area(0..0, 0.0));
        assert_eq!(none, Some(Ok(())));
    }

    #[test]
    fn a_place_weighs_what_its_sample_does() {
        let x = WEIGHED.samples.x(17);
        assert_eq!(WEIGHED.f(x), WEIGHED.weight(17));
        assert_eq!(WEIGHED.f(x + 1e-9), NO_SAMPLE);
        assert_eq!(WEIGHED.f(3.0), NO_SAMPLE);
    }
}
