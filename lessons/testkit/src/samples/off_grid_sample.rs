//! An `x` that is not a sample, and what has probably happened to it.

use std::fmt::{self, Display, Formatter};

use super::Samples;

/// An `x` that is none of the samples. It is displayed as what has probably happened, with the sample it was meant to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OffGridSample {
    /// Where the integrand was evaluated.
    pub x: f64,
    /// Where it should have been.
    pub samples: Samples,
}

impl Display for OffGridSample {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { x, samples } = *self;
        let Samples { a, b, n } = samples;
        if n == 0 {
            return write!(f, "x = {x} is evaluated, but there are no samples");
        }
        let last = samples.x(n - 1);
        let position = samples.position(x);
        let nearest = position.round();
        let off = (position - nearest).abs();
        if (x - b).abs() <= samples.rounding() {
            write!(
                f,
                "x = {x} is the end of the interval: the last of the {n} samples lies one step before it"
            )
        } else if !(0.0..n as f64).contains(&nearest) {
            write!(f, "x = {x} is outside the samples, which run from {a} to {last}")
        } else if off > HALFWAY {
            write!(f, "x = {x} lies between two samples, half a step from each")
        } else {
            let place = samples.x(nearest as usize);
            let off = (x - place).abs();
            write!(
                f,
                "sample {nearest} is at x = {x}, off its place {place} by {off:.1e}: it drifted"
            )
        }
    }
}

impl std::error::Error for OffGridSample {}

/// In steps from the nearest sample: beyond this, `x` did not drift but was computed by the midpoint rule.
const HALFWAY: f64 = 0.49;

#[cfg(test)]
mod tests {
    use super::*;

    const FOUR: Samples = Samples { a: 0.0, b: 2.0, n: 4 };

    #[test]
    fn a_drifted_sample_is_told_with_its_place_and_how_far_off_it_is() {
        let told = FOUR.index_of(0.5 + 2.0_f64.powi(-41)).unwrap_err().to_string();
        assert_eq!(
            told,
            "sample 1 is at x = 0.5000000000004547, off its place 0.5 by 4.5e-13: it drifted"
        );
    }

    #[test]
    fn the_end_of_the_interval_is_no_sample() {
        assert_eq!(
            FOUR.check([0.0, 0.5, 1.0, 1.5, 2.0]),
            Err("x = 2 is the end of the interval: the last of the 4 samples lies one step before it".to_owned())
        );
    }

    #[test]
    fn midpoints_are_no_samples() {
        assert_eq!(
            FOUR.check([1.75, 1.25, 0.75, 0.25]),
            Err("x = 0.25 lies between two samples, half a step from each".to_owned())
        );
    }

    #[test]
    fn what_lies_outside_is_told_so() {
        let samples = Samples { a: 2.0, b: 0.0, n: 4 };
        for (x, told) in [
            (2.5, "x = 2.5 is outside the samples, which run from 2 to 0.5"),
            (-0.5, "x = -0.5 is outside the samples, which run from 2 to 0.5"),
            (f64::NAN, "x = NaN is outside the samples, which run from 2 to 0.5"),
            (f64::INFINITY, "x = inf is outside the samples, which run from 2 to 0.5"),
        ] {
            assert_eq!(samples.index_of(x).unwrap_err().to_string(), told);
        }
    }
}
