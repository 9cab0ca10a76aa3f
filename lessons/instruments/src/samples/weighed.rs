//! An integrand that nobody can foresee.

use super::Samples;

/// What a place weighs that is no sample: enough to show in any sum.
const NO_SAMPLE: f64 = 1e9;

/// The samples of an integral, each with a weight of its own between 1 and 2, drawn by a seed.
///
/// An integral of the weights is right only if every sample was taken exactly once: one that is left out, taken twice or
/// drifted shows in the sum, unless its chance is one in a thousand millions.
#[derive(Clone, Copy, Debug)]
pub struct Weighed {
    /// The places.
    pub samples: Samples,
    /// What the weights are drawn from.
    pub seed: u64,
}

impl Weighed {
    /// What sample `i` weighs.
    pub fn weight(&self, i: usize) -> f64 {
        1.0 + fastrand::Rng::with_seed(self.seed ^ (i as u64).wrapping_mul(ODD)).f64()
    }

    /// The integrand: the weight of the sample at `x`; a thousand millions where there is none.
    ///
    /// # Panics
    ///
    /// As [`Samples::index_of`] does.
    pub fn f(&self, x: f64) -> f64 {
        let index = self.samples.index_of(x);
        index.map_or(NO_SAMPLE, |index| self.weight(index))
    }

    /// How far two right sums of so many weights may be apart, relative to either: weights are positive, so each addition
    /// rounds by half an epsilon of the sum at most. The 16 are for the product with the step, however it is computed.
    pub fn rounding(&self) -> f64 {
        (self.samples.n + 16) as f64 * f64::EPSILON
    }
}

/// Spreads neighbouring indices over all 64 bits: 2⁶⁴ divided by the golden ratio, made odd.
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

#[cfg(test)]
mod tests {
    use super::*;

    const WEIGHED: Weighed = Weighed {
        samples: Samples {
            a: 1.0,
            b: 3.0,
            n: 1000,
        },
        seed: 7,
    };

    #[test]
    fn every_sample_has_a_weight_of_its_own() {
        let mut weights: Vec<_> = (0..1000).map(|i| WEIGHED.weight(i)).collect();
        assert!(weights.iter().all(|weight| (1.0..2.0).contains(weight)));
        weights.sort_by(f64::total_cmp);
        weights.dedup();
        assert_eq!(weights.len(), 1000);
    }

    #[test]
    fn a_place_weighs_what_its_sample_does() {
        let x = WEIGHED.samples.x(17);
        assert_eq!(WEIGHED.f(x), WEIGHED.weight(17));
        assert_eq!(WEIGHED.f(x + 1e-9), NO_SAMPLE);
        assert_eq!(WEIGHED.f(3.0), NO_SAMPLE);
    }
}
