//! What is asked of an integral.

use fastrand::Rng;
use testkit::{Mismatch, RandomIntegrand, Samples};

/// Samples whose heights nobody can foresee; one of them may be no number.
#[derive(Debug)]
pub(super) struct Heights {
    pub(super) weighed: RandomIntegrand,
    nan: Option<usize>,
}

impl Heights {
    pub(super) fn drawn(random: &mut Rng) -> Self {
        // Enough that an x which is not computed from its index drifts away.
        let weighed = RandomIntegrand::draw(random, 20_000);
        let n = weighed.samples.n;
        let nan = (n > 0 && random.bool()).then(|| random.usize(..n));
        Self { weighed, nan }
    }

    pub(super) fn height(&self, x: f64) -> f64 {
        if self.nan.is_some() && self.weighed.samples.index_of(x).ok() == self.nan {
            return f64::NAN;
        }
        self.weighed.f(x)
    }

    /// `area` by its bits, since it may rightly be NaN.
    pub(super) fn have_area(&self, area: &u64) -> Result<(), Mismatch> {
        let area = f64::from_bits(*area);
        let Samples { a, b, n } = self.weighed.samples;
        match self.nan {
            None => self.weighed.has_area(0..n, area),
            Some(sample) => Mismatch::unless(
                area.is_nan(),
                format!(
                    "{n} samples from {a} to {b}, f is NaN at sample {sample}: the area is {area}"
                ),
                "NaN",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integrate_loop;

    #[test]
    fn the_area_of_the_loop_is_right_and_a_nan_is_not_hidden() {
        let mut random = Rng::with_seed(1);
        let cases: Vec<_> = (0..100).map(|_| Heights::drawn(&mut random)).collect();
        assert!(cases.iter().any(|at| at.nan.is_some()));
        for at in cases {
            let Samples { a, b, n } = at.weighed.samples;
            let area = integrate_loop(|x| at.height(x), a, b, n);
            assert_eq!(at.have_area(&area.to_bits()), Ok(()));
            let other = if area.is_nan() { 0.0 } else { f64::NAN };
            assert!(at.have_area(&other.to_bits()).is_err());
        }
    }
}
