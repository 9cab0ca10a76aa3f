//! An unforeseeable integrand.

use std::ops::Range;

use fastrand::Rng;

use super::Samples;
use crate::Mismatch;

/// The weight of a place that is not a sample: enough to show in any sum.
const NO_SAMPLE: f64 = 1e9;

/// Numbers that code may forget: NaN, infinities, and what does not fit into an `f32` or into integers.
pub const ODD_NUMBERS: [f64; 8] =
    [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, 1e-200, 1e200, -1e10, 1e10];

/// The samples of an integral, each with another weight, drawn by a seed.
///
/// The weights lie between 1 and 2, so an integral of them is right only if every sample was taken exactly once: one that is
/// left out, taken twice or drifted shows in the sum, except with a chance of one in a billion. For every fourth seed the
/// weights are negative, and for every other fourth some have an odd weight: NaN, infinite, huge or tiny. Those are one sample
/// in three, or one sample alone.
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
        let (from, width) = (random.i32(-50..50), random.i32(5..45));
        let to = if random.bool() { from + width } else { from - width };
        let [a, b] = [from, to].map(|tenths| f64::from(tenths) / 10.0);
        let n = match random.u8(..6) {
            0 => 0,
            _ => random.usize(..=most) >> random.u32(..=usize::BITS - most.leading_zeros()),
        };
        Self { samples: Samples { a, b, n }, seed: random.u64(..) }
    }

    /// Of these samples, integrands with each odd weight, of many samples and of one, and an integrand with negative weights.
    pub fn odd_ones(samples: Samples) -> impl Iterator<Item = Self> {
        let odd = (0..2 * ODD_NUMBERS.len() as u64).map(|which| 4 * which);
        odd.chain([2]).map(move |seed| Self { samples, seed })
    }

    /// This integrand with `n` samples.
    #[must_use]
    pub fn of(self, n: usize) -> Self {
        let samples = Samples { n, ..self.samples };
        Self { samples, ..self }
    }

    /// The weight of sample `i`.
    pub fn weight(&self, i: usize) -> f64 {
        let weight = 1.0 + Rng::with_seed(self.seed ^ (i as u64).wrapping_mul(ODD)).f64();
        match self.odd() {
            Some(odd) if self.is_odd(i, weight) => odd,
            _ if self.seed % 4 == 2 => -weight,
            _ => weight,
        }
    }

    /// The odd weight of some samples, if there are any.
    fn odd(&self) -> Option<f64> {
        let which = self.seed / 4 % ODD_NUMBERS.len() as u64;
        (self.seed % 4 == 0).then_some(ODD_NUMBERS[which as usize])
    }

    /// The only sample with an odd weight, if only one has it.
    fn only_odd(&self) -> Option<usize> {
        let rest = self.seed / 4 / ODD_NUMBERS.len() as u64;
        (rest % 2 == 1).then(|| (rest / 2 % self.samples.n.max(1) as u64) as usize)
    }

    /// Whether sample `i`, otherwise of this weight, has the odd one.
    fn is_odd(&self, i: usize, weight: f64) -> bool {
        self.only_odd().map_or(weight < 4.0 / 3.0, |only| i == only)
    }

    fn describe(&self) -> String {
        match self.odd() {
            Some(odd) => {
                let which =
                    self.only_odd().map_or("one in three".to_owned(), |i| format!("sample {i}"));
                format!("{odd:e} at {which}, random at the others")
            }
            None if self.seed % 4 == 2 => "negative and random at each".to_owned(),
            None => "random at each".to_owned(),
        }
    }

    /// The integrand: the weight of the sample at `x`; a billion where there is none.
    ///
    /// # Panics
    ///
    /// As [`Samples::index_of`] does.
    pub fn f(&self, x: f64) -> f64 {
        self.height(self.number_of(x))
    }

    /// The height at the sample of this number; a billion where there is none.
    pub fn height(&self, number: usize) -> f64 {
        if number < self.samples.n { self.weight(number) } else { NO_SAMPLE }
    }

    /// The number of the sample at `x`, for a [`Kernel`](crate::Kernel): `usize::MAX`, which no sample has, where there is none.
    ///
    /// # Panics
    ///
    /// As [`Samples::index_of`] does.
    pub fn number_of(&self, x: f64) -> usize {
        self.samples.index_of(x).unwrap_or(usize::MAX)
    }

    /// How far two right sums of this many weights may be apart, relative to the sum of their absolute values: each addition
    /// rounds by half an epsilon of it at most. The 16 are for the product with the step, however it is computed.
    pub fn rounding(&self) -> f64 {
        (self.samples.n + 16) as f64 * f64::EPSILON
    }

    /// Checks that `area` is that of the samples in `range`: their weights, times the step. No samples have the area 0.
    ///
    /// # Errors
    ///
    /// What was seen instead.
    pub fn has_area(&self, range: Range<usize>, area: f64) -> Result<(), Mismatch> {
        let weights = || range.clone().map(|i| self.weight(i));
        let Samples { a, b, n } = self.samples;
        let step = if n == 0 { 0.0 } else { self.samples.step() };
        let expected = weights().sum::<f64>() * step;
        let size = weights().map(f64::abs).sum::<f64>() * step.abs();
        let near = (area - expected).abs() <= self.rounding() * size;
        Mismatch::unless(
            (near && expected.is_finite())
                || area == expected
                || (area.is_nan() && expected.is_nan()),
            format!(
                "samples {range:?} of {n} from {a} to {b}, f {}: the area is {area:?}",
                self.describe()
            ),
            // As `1e200`, not as a one with 200 zeros.
            format!("{expected:?}"),
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
    fn odd_weights_show_in_the_area() {
        // First of one sample in three, then of sample 0 alone.
        for (which, odd) in (0..).zip([ODD_NUMBERS, ODD_NUMBERS].concat()) {
            let at = RandomIntegrand { seed: 4 * which, ..WEIGHED };
            let area = |keep: fn(f64) -> bool| {
                let weights = (0..1000).map(|i| at.weight(i)).filter(|weight| keep(*weight));
                weights.rev().sum::<f64>() * at.samples.step()
            };
            assert_eq!(at.has_area(0..1000, area(|_| true)), Ok(()), "{odd}");
            let finite = at.has_area(0..1000, area(|weight| (0.9..2.1).contains(&weight)));
            assert_eq!(finite.is_ok(), odd.abs() < 1e-100, "{odd}");
        }
        let at = RandomIntegrand { seed: 2, ..WEIGHED };
        assert!((0..1000).all(|i| at.weight(i) < 0.0));
    }

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
