//! Functions for a survey, and what is wrong with the survey of one.

use approx::relative_eq;
use fastrand::Rng;
use lesson::{Survey, f, survey_loop};
use testkit::{Mismatch, RandomIntegrand, Samples};

/// Area, lowest and highest height.
pub type Answer = (f64, f64, f64);

/// A function at samples.
#[derive(Clone, Copy)]
pub struct Heights {
    /// The samples, and a weight between 1 and 2 for each.
    pub weights: RandomIntegrand,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    /// x² − x.
    Parabola,
    /// All heights are the same.
    Same(f64),
    /// −x, then NaN at the sample in the middle, then x.
    AroundNan,
    /// Weights.
    Positive,
    /// Weights with a minus.
    Negative,
    /// Weights, every other one with a minus.
    Mixed,
    /// Weights, but this instead of every other one or so; never of the first.
    WithOdd(f64),
}

/// These weights, all of them between 1 and 2: what is odd about the heights is their kind.
fn ordinary(weights: RandomIntegrand) -> RandomIntegrand {
    let seed = weights.seed | 1;
    RandomIntegrand { seed, ..weights }
}

impl Heights {
    pub fn parabola(a: f64, b: f64, n: usize) -> Self {
        Self::with_kind(Kind::Parabola, Samples { a, b, n })
    }

    pub fn same(height: f64) -> Self {
        let (a, b, n) = (0.0, 256.0, 1024);
        Self::with_kind(Kind::Same(height), Samples { a, b, n })
    }

    pub fn around_nan() -> Self {
        let (a, b, n) = (0.0, 1.0, 1024);
        Self::with_kind(Kind::AroundNan, Samples { a, b, n })
    }

    fn with_kind(kind: Kind, samples: Samples) -> Self {
        let weights = RandomIntegrand { samples, seed: 5 };
        Self { weights, kind }
    }

    /// So many samples that an x which is not computed from its index drifts away; few as often as many, or none.
    pub fn any(random: &mut Rng) -> Self {
        let weights = ordinary(RandomIntegrand::draw(random, 20_000));
        let kind = [Kind::Positive, Kind::Negative, Kind::Mixed][random.usize(..3)];
        Self { weights, kind }
    }

    /// Of `n` samples, positive and negative.
    pub fn of(n: usize, random: &mut Rng) -> Self {
        Self {
            weights: ordinary(RandomIntegrand::draw(random, 0).of(n)),
            kind: Kind::Mixed,
        }
    }

    pub fn with_nan(random: &mut Rng) -> Self {
        Self {
            kind: Kind::WithOdd(f64::NAN),
            ..Self::of(random.usize(2..100), random)
        }
    }

    /// All heights are infinite, or every other one or so.
    pub fn infinite(random: &mut Rng) -> Self {
        let height = [f64::INFINITY, f64::NEG_INFINITY][random.usize(..2)];
        let kind = match random.bool() {
            true => Kind::Same(height),
            false => Kind::WithOdd(height),
        };
        Self {
            kind,
            ..Self::of(random.usize(2..100), random)
        }
    }

    pub fn height(&self, x: f64) -> f64 {
        match self.kind {
            Kind::Parabola => f(x),
            Kind::Same(height) => height,
            _ => self.height_of(self.weights.number_of(x), x),
        }
    }

    /// The height at `x`, which is the sample of this number.
    pub fn height_of(&self, index: usize, x: f64) -> f64 {
        let weight = self.weights.height(index);
        match self.kind {
            Kind::Parabola => f(x),
            Kind::Same(height) => height,
            _ if index >= self.weights.samples.n => weight,
            Kind::AroundNan if index < 511 => -x,
            Kind::AroundNan if index > 511 => x,
            Kind::AroundNan => f64::NAN,
            Kind::Negative => -weight,
            Kind::Mixed if index % 2 == 0 => -weight,
            Kind::WithOdd(odd) if index > 0 && weight.to_bits() % 2 == 0 => odd,
            _ => weight,
        }
    }

    pub fn label(&self) -> String {
        let Samples { a, b, n } = self.weights.samples;
        let f = match self.kind {
            Kind::Parabola => "x² − x".to_owned(),
            Kind::Same(height) => format!("f = {height}"),
            Kind::AroundNan => "f = -x up to sample 510, NaN, x from sample 512 on".to_owned(),
            Kind::Positive => "f random, positive".to_owned(),
            Kind::Negative => "f random, negative".to_owned(),
            Kind::Mixed => "f random, every other height negative".to_owned(),
            Kind::WithOdd(odd) => format!("f random, every other height or so {odd}"),
        };
        format!("{f}, n = {n} from {a} to {b}")
    }

    /// Whether this is the survey of the serial loop: adding n heights is off by less than n · ε/2 of the sum of their absolute
    /// values. The 16 are for x and dx.
    pub fn is_survey(&self, &(area, lowest, highest): &Answer) -> Result<(), Mismatch> {
        let Samples { a, b, n } = self.weights.samples;
        let seen = Survey {
            area,
            lowest,
            highest,
        };
        let expected = match n {
            0 => Survey {
                area: 0.0,
                lowest: f64::INFINITY,
                highest: f64::NEG_INFINITY,
            },
            _ => survey_loop(|x| self.height(x), a, b, n),
        };
        let relative = (n + 16) as f64 * f64::EPSILON;
        let absolute = match n {
            0 => 0.0,
            _ => survey_loop(|x| self.height(x).abs(), a, b, n).area.abs(),
        };
        let tolerance = if absolute.is_finite() {
            relative * absolute
        } else {
            0.0
        };
        let is_area = |value: f64| {
            (area - value).abs() <= tolerance || area == value || area.is_nan() && value.is_nan()
        };
        let is_lowest = relative_eq!(lowest, expected.lowest, max_relative = relative);
        let is_highest = relative_eq!(highest, expected.highest, max_relative = relative);
        let dx = (b - a) / n as f64;
        let advice = match () {
            () if n == 0 => "whatever (b − a) / 0 may be".to_owned(),
            () if expected.area.is_nan() => {
                "minimum and maximum pass over NaN, a sum does not".to_owned()
            }
            () if !is_area(expected.area) && (area * dx - expected.area).abs() <= tolerance => {
                format!("multiply the sum by dx = {dx}")
            }
            () if !is_area(expected.area) => {
                "every piece of the sum starts from 0, and all pieces count".to_owned()
            }
            () if !is_lowest => "no height is above what a minimum starts from".to_owned(),
            () => "no height is below what a maximum starts from".to_owned(),
        };
        Mismatch::unless(
            is_area(expected.area) && is_lowest && is_highest,
            format!("{seen:?}"),
            format!("{expected:?}, to a relative {relative:.0e}; {advice}"),
        )
    }
}
