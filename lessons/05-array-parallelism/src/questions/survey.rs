//! What is asked of `survey`.

use fastrand::Rng;
use testkit::{Mismatch, Question, RandomIntegrand, Samples, busy_calls, busy_work, pool_of_two};

use super::{ROOM, Subject, allocated};
use crate::{Survey, f, survey_loop};

pub(super) fn questions(Subject { survey, .. }: Subject) -> Vec<Question> {
    let told = |seen: Survey| [seen.area, seen.lowest, seen.highest].map(f64::to_bits);
    let answered = move |at: &Heights| {
        let height = |x| at.height(x);
        told(pool_of_two().install(|| survey(&height, at.weighed.samples)))
    };
    vec![
        Question::new(
            "a survey takes every sample once: area, lowest and highest of many, of few and of none",
            Heights::drawn,
            answered,
            |at, bits| at.is_right(bits.map(f64::from_bits)),
        ),
        Question::new(
            "a survey passes over NaN for the lowest and the highest, and does not for the area",
            |random| Heights::with_odd_ones(f64::NAN, random),
            answered,
            |at, bits| at.is_right(bits.map(f64::from_bits)),
        ),
        Question::new(
            "a survey takes infinite heights as they are",
            Heights::infinite,
            answered,
            |at, bits| at.is_right(bits.map(f64::from_bits)),
        ),
        Question::of_bytes(
            "a survey makes no array",
            |random| RandomIntegrand::draw(random, 0).of(random.usize(15_000..25_000)),
            move |at| {
                let pool = pool_of_two();
                allocated(|| pool.install(|| survey(&f, at.samples)))
            },
            |at| (format!("n = {}", at.samples.n), ROOM),
        ),
        Question::of_threads(
            "a survey uses no more threads than the caller's pool",
            |random| RandomIntegrand::draw(random, 0).of(64),
            move |at, probe| {
                survey(&|x| probe.call((), || at.f(x)), at.samples);
            },
        ),
        Question::in_company(
            "a survey works on two samples at the same time",
            |random| Heights::of(busy_calls(random), random),
            |at| at.weighed.samples.n,
            move |at, company| {
                let slow = |x| company.call(|| busy_work(at.height(x)));
                told(pool_of_two().install(|| survey(&slow, at.weighed.samples)))
            },
            |at, bits| at.is_right(bits.map(f64::from_bits)),
        ),
    ]
}

/// Samples whose heights nobody can foresee.
#[derive(Debug)]
struct Heights {
    weighed: RandomIntegrand,
    signs: Signs,
    /// Stands in the place of every other height or so, as its weight has it, but never of the first.
    odd: Option<f64>,
}

#[derive(Clone, Copy, Debug)]
enum Signs {
    Positive,
    Negative,
    Mixed,
    /// All heights are the same.
    Same(f64),
}

impl Heights {
    fn drawn(random: &mut Rng) -> Self {
        // Enough that an x which is not computed from its index drifts away.
        let weighed = RandomIntegrand::draw(random, 20_000);
        Self {
            weighed,
            signs: [Signs::Positive, Signs::Negative, Signs::Mixed][random.usize(..3)],
            odd: None,
        }
    }

    fn of(n: usize, random: &mut Rng) -> Self {
        Self {
            weighed: RandomIntegrand::draw(random, 0).of(n),
            signs: Signs::Mixed,
            odd: None,
        }
    }

    fn with_odd_ones(odd: f64, random: &mut Rng) -> Self {
        let n = random.usize(2..100);
        Self {
            odd: Some(odd),
            ..Self::of(n, random)
        }
    }

    /// All heights, or every other one or so.
    fn infinite(random: &mut Rng) -> Self {
        let height = if random.bool() {
            f64::INFINITY
        } else {
            f64::NEG_INFINITY
        };
        let mut heights = Self::with_odd_ones(height, random);
        if random.bool() {
            heights.signs = Signs::Same(height);
        }
        heights
    }

    fn height(&self, x: f64) -> f64 {
        let Ok(index) = self.weighed.samples.index_of(x) else {
            return self.weighed.f(x);
        };
        let weight = self.weighed.weight(index);
        let is_odd = index > 0 && weight.to_bits() % 2 == 0;
        match (self.odd, self.signs) {
            (Some(odd), _) if is_odd => odd,
            (_, Signs::Positive) => weight,
            (_, Signs::Negative) => -weight,
            (_, Signs::Mixed) if index % 2 == 0 => -weight,
            (_, Signs::Mixed) => weight,
            (_, Signs::Same(height)) => height,
        }
    }

    fn is_right(&self, seen: [f64; 3]) -> Result<(), Mismatch> {
        let Samples { a, b, n } = self.weighed.samples;
        let expected = match n {
            0 => [0.0, f64::INFINITY, f64::NEG_INFINITY],
            _ => {
                let all = survey_loop(|x| self.height(x), a, b, n);
                [all.area, all.lowest, all.highest]
            }
        };
        // No height is above 2, and the first of a mixed sum may leave little of the others.
        let tolerance = 2.0 * (b - a).abs() * (n + 16) as f64 * f64::EPSILON;
        let near = (seen[0] - expected[0]).abs() <= tolerance && expected[0].is_finite();
        let same = |k: usize| seen[k] == expected[k] || seen[k].is_nan() && expected[k].is_nan();
        Mismatch::unless(
            (near || same(0)) && same(1) && same(2),
            format!(
                "n = {n} from {a} to {b}, f random, {:?}, every other one or so {:?}: (area, lowest, highest) {seen:?}",
                self.signs, self.odd
            ),
            format!("{expected:?}, the area to {tolerance:.0e}"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_survey_of_the_loop_is_right_and_no_other() {
        let mut random = Rng::with_seed(5);
        for _ in 0..200 {
            let at = match random.u8(..3) {
                0 => Heights::with_odd_ones(f64::NAN, &mut random),
                1 => Heights::infinite(&mut random),
                _ => Heights::drawn(&mut random),
            };
            let Samples { a, b, n } = at.weighed.samples;
            if n == 0 {
                assert_eq!(at.is_right([0.0, f64::INFINITY, f64::NEG_INFINITY]), Ok(()));
                continue;
            }
            let all = survey_loop(|x| at.height(x), a, b, n);
            let seen = [all.area, all.lowest, all.highest];
            assert_eq!(at.is_right(seen), Ok(()));
            for place in 0..3 {
                let mut wrong = seen;
                wrong[place] = if seen[place].is_finite() {
                    f64::NAN
                } else {
                    1.0
                };
                assert!(at.is_right(wrong).is_err(), "{seen:?}");
            }
        }
    }
}
