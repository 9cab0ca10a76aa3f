//! What intervals of ratios say: the only place in which that is decided.

use std::fmt::{self, Display, Formatter};

use crate::protocol::Standing;
use crate::{CONTROL_SCALED, FASTER_FROM, Interval};

/// What the rounds say about a subject beside its serial baseline, here and now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Decision {
    /// The whole interval of its ratio lies at [`FASTER_FROM`] or above.
    Faster,
    /// The whole interval lies below [`FASTER_FROM`], and in the same rounds the control did scale.
    NotFaster,
    /// Neither.
    CannotJudge(Reason),
}

/// Why nothing can be said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reason {
    /// The machine offers one thread only, so that nothing can run at the same time.
    OneCore,
    /// Even the control, which can scale, did not: other programs hold the cores, or what is offered as two is one.
    Busy {
        /// Its median gain.
        control: f64,
    },
    /// The control scaled in some rounds and not in others.
    Unsteady {
        /// Its gain.
        control: Interval,
    },
    /// The control scaled, but the interval of the subject's ratio has [`FASTER_FROM`] within.
    TooClose,
}

/// Decides by how many times as fast as the serial baseline the subject was, and by how much the control gained in the same
/// rounds.
pub fn beside_the_serial_baseline(ratio: Interval, control: Interval) -> Decision {
    if ratio.low >= FASTER_FROM {
        Decision::Faster
    } else if control.median < CONTROL_SCALED {
        Decision::CannotJudge(Reason::Busy { control: control.median })
    } else if control.low < CONTROL_SCALED {
        Decision::CannotJudge(Reason::Unsteady { control })
    } else if ratio.high < FASTER_FROM {
        Decision::NotFaster
    } else {
        Decision::CannotJudge(Reason::TooClose)
    }
}

/// How a subject stands beside the model, by how many times as fast it was.
///
/// A difference of less than a tenth counts as none: the same code at another place in memory differs by a few per cent. So
/// two copies of the same code are called different only where chance moves the whole interval past a tenth.
pub fn beside_the_model(ratio: Interval) -> Standing {
    if ratio.low >= FASTER_FROM {
        Standing::Faster
    } else if ratio.high <= 1.0 / FASTER_FROM {
        Standing::Slower
    } else if ratio.low > 1.0 / FASTER_FROM && ratio.high < FASTER_FROM {
        Standing::Alike
    } else {
        Standing::CannotTell
    }
}

impl Display for Reason {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneCore => {
                write!(f, "one core is offered, on which nothing can run beside anything")
            }
            Self::Busy { control } => {
                write!(f, "your machine is busy: even the control gained only {control:.1}× now")
            }
            Self::Unsteady { control: Interval { low, high, .. } } => {
                write!(f, "your machine is unsteady: the control gained {low:.2}× to {high:.2}×")
            }
            Self::TooClose => {
                write!(f, "too close to {FASTER_FROM} times, from where on it counts as faster")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::*;

    #[test]
    fn a_decision_needs_the_whole_interval_and_not_faster_also_a_control_that_scaled() {
        const STEADY: [f64; 7] = [1.9; 7];
        const BUSY: [f64; 7] = [1.1; 7];
        let busy = Reason::Busy { control: 1.1 };
        let unsteady = Reason::Unsteady { control: Interval { low: 1.2, median: 1.9, high: 1.9 } };
        let across = [1.0, 1.2, 1.1, 1.0, 1.2, 1.1, 1.0];
        for (ratios, controls, expected) in [
            ([1.5, 1.6, 1.7, 1.4, 1.2, 1.8, 1.9], STEADY, Decision::Faster),
            ([1.5; 7], BUSY, Decision::Faster),
            ([1.0, 0.9, 1.05, 1.0, 1.0, 0.8, 1.0], STEADY, Decision::NotFaster),
            ([1.0; 7], BUSY, Decision::CannotJudge(busy)),
            ([1.0; 7], [1.9, 1.9, 1.2, 1.9, 1.9, 1.9, 1.9], Decision::CannotJudge(unsteady)),
            (across, STEADY, Decision::CannotJudge(Reason::TooClose)),
        ] {
            // Seven rounds, looked at up to four times.
            let interval = |values| Interval::of_median_at_looks(values, 4);
            let decision = beside_the_serial_baseline(interval(ratios), interval(controls));
            assert_eq!(decision, expected, "{ratios:?} while the control gained {controls:?}");
        }
        let words = [busy, unsteady].map(|reason| reason.to_string());
        let expected = [
            "your machine is busy: even the control gained only 1.1× now",
            "your machine is unsteady: the control gained 1.20× to 1.90×",
        ];
        assert_eq!(words, expected);
    }

    fn standing(low: f64, high: f64) -> Standing {
        beside_the_model(Interval { low, median: (low + high) / 2.0, high })
    }

    #[test]
    fn a_difference_needs_the_whole_interval() {
        assert_eq!(standing(1.2, 1.6), Standing::Faster);
        assert_eq!(standing(0.6, 0.8), Standing::Slower);
        assert_eq!(standing(0.97, 1.05), Standing::Alike);
        assert_eq!(standing(0.9, 1.3), Standing::CannotTell);
    }

    /// Ratios of two runs that each differ by this much, 15 or, if need be, 31: how often are two copies called different?
    fn count_called_different(spread: f64, spikes: f64) -> usize {
        let mut rng = Rng::with_seed(4);
        let mut time = || {
            let noise: f64 = (0..12).map(|_| rng.f64()).sum::<f64>() - 6.0;
            let held_up = if rng.f64() < spikes { 2.0 } else { 1.0 };
            (1.0 + spread * noise).max(0.2) * held_up
        };
        let mut different = 0;
        for _ in 0..2000 {
            let mut ratios: Vec<f64> = (0..15).map(|_| time() / time()).collect();
            let say = |ratios: &[f64]| {
                let interval = Interval::of_median_at_looks(ratios.iter().copied(), 2);
                beside_the_model(interval)
            };
            if say(&ratios) == Standing::CannotTell {
                ratios.extend((0..16).map(|_| time() / time()));
            }
            different += usize::from([Standing::Faster, Standing::Slower].contains(&say(&ratios)));
        }
        different
    }

    #[test]
    fn two_copies_of_the_same_code_are_called_different_at_most_twice_in_a_hundred() {
        for (spread, spikes) in [(0.02, 0.0), (0.2, 0.0), (0.02, 0.3), (0.2, 0.5)] {
            let different = count_called_different(spread, spikes);
            assert!(different <= 40, "{different} of 2000 at spread {spread}, spikes {spikes}");
        }
    }
}
