//! From rounds to a decision.

use std::fmt::{self, Display, Formatter};

use measure::{CONTROL_SCALED, FASTER_FROM};

use super::rounds::LOOKS;
use super::{Interval, Round};

/// What the rounds say about the subject, here and now.
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
    /// Nothing can run beside anything.
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

/// Decides on the subject by all rounds so far. It depends on nothing else.
///
/// # Panics
///
/// If there is no round.
pub(super) fn decide(rounds: &[Round]) -> Decision {
    let ratio = of_median(rounds.iter().map(Round::ratio));
    let control = of_median(rounds.iter().map(Round::control));
    if ratio.low >= FASTER_FROM {
        Decision::Faster
    } else if control.median < CONTROL_SCALED {
        Decision::CannotJudge(Reason::Busy {
            control: control.median,
        })
    } else if control.low < CONTROL_SCALED {
        Decision::CannotJudge(Reason::Unsteady { control })
    } else if ratio.high < FASTER_FROM {
        Decision::NotFaster
    } else {
        Decision::CannotJudge(Reason::TooClose)
    }
}

/// The interval that holds although the rounds may have been looked at before.
pub(super) fn of_median(values: impl Iterator<Item = f64>) -> Interval {
    Interval::of_median_at_looks(values, LOOKS.len())
}

impl Decision {
    /// Whether something can be said.
    pub(super) fn is_a_judgement(self) -> bool {
        !matches!(self, Self::CannotJudge(_))
    }
}

impl Display for Reason {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneCore => write!(
                f,
                "one core is offered, on which nothing can run beside anything"
            ),
            Self::Busy { control } => {
                write!(
                    f,
                    "your machine is busy: even the control gained only {control:.1}× now"
                )
            }
            Self::Unsteady {
                control: Interval { low, high, .. },
            } => {
                write!(
                    f,
                    "your machine is unsteady: the control gained {low:.2}× to {high:.2}×"
                )
            }
            Self::TooClose => write!(
                f,
                "too close to {FASTER_FROM} times, from where on it counts as faster"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seven rounds in which the subject and the control gained so much.
    fn decide_on(ratios: [f64; 7], controls: [f64; 7]) -> Decision {
        let round = |(ratio, control): (f64, f64)| Round {
            serial: 1.0,
            control_one: 1.0,
            control_all: 1.0 / control,
            subject: 1.0 / ratio,
            subject_cores: None,
        };
        let rounds: Vec<Round> = ratios.into_iter().zip(controls).map(round).collect();
        decide(&rounds)
    }

    const STEADY: [f64; 7] = [1.9; 7];
    const BUSY: [f64; 7] = [1.1; 7];

    #[test]
    fn faster_is_an_interval_above_the_threshold() {
        assert_eq!(
            decide_on([1.5, 1.6, 1.7, 1.4, 1.2, 1.8, 1.9], STEADY),
            Decision::Faster
        );
    }

    #[test]
    fn faster_is_faster_even_on_a_busy_machine() {
        assert_eq!(decide_on([1.5; 7], BUSY), Decision::Faster);
    }

    #[test]
    fn not_faster_is_an_interval_below_the_threshold_while_the_control_scaled() {
        assert_eq!(
            decide_on([1.0, 0.9, 1.05, 1.0, 1.0, 0.8, 1.0], STEADY),
            Decision::NotFaster
        );
    }

    #[test]
    fn without_a_control_that_scaled_nothing_is_called_not_faster() {
        let decision = decide_on([1.0; 7], BUSY);
        let Decision::CannotJudge(reason) = decision else {
            panic!("{decision:?}")
        };
        assert_eq!(
            reason.to_string(),
            "your machine is busy: even the control gained only 1.1× now"
        );
    }

    #[test]
    fn a_control_that_scaled_now_and_then_is_not_enough() {
        let decision = decide_on([1.0; 7], [1.9, 1.9, 1.2, 1.9, 1.9, 1.9, 1.9]);
        let Decision::CannotJudge(reason) = decision else {
            panic!("{decision:?}")
        };
        assert_eq!(
            reason.to_string(),
            "your machine is unsteady: the control gained 1.20× to 1.90×"
        );
    }

    #[test]
    fn an_interval_across_the_threshold_is_too_close() {
        let decision = decide_on([1.0, 1.2, 1.1, 1.0, 1.2, 1.1, 1.0], STEADY);
        assert_eq!(decision, Decision::CannotJudge(Reason::TooClose));
    }
}
