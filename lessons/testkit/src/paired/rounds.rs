//! Which arm is timed when, and when to stop.

use fastrand::Rng;

use measure::Interval;
use measure::decision::{Decision, beside_the_serial_baseline};

/// After how many rounds the decision is taken, unless it was before. Few looks, since each is a chance to err; close
/// together at first, where a clear case ends; odd, so that the median is a round's.
pub(super) const INTERIM_LOOKS: [usize; 4] = [7, 11, 19, 31];

/// In seconds: no rounds are added that would take the comparison past this. The first look is always reached.
const PATIENCE: f64 = 3.5;

/// What is timed in each round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arm {
    Serial,
    /// The control's work on one thread.
    ControlOne,
    /// The same work split over all threads.
    ControlAll,
    Subject,
}

/// What the clocks say about one run of an arm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Timing {
    /// Wall time.
    pub(crate) seconds: f64,
    /// CPU time over wall time, where the system reports it.
    pub(crate) cores: Option<f64>,
}

/// One timing of every arm, in seconds of wall time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Round {
    /// The serial baseline.
    pub serial: f64,
    /// The control's work on one thread.
    pub control_one: f64,
    /// The same work split over all threads.
    pub control_all: f64,
    /// The subject.
    pub subject: f64,
    /// CPU time over wall time of the subject, where the system reports it.
    pub subject_cores: Option<f64>,
}

impl Round {
    /// How many times as fast as the serial baseline the subject was.
    pub fn ratio(&self) -> f64 {
        self.serial / self.subject
    }

    /// How many times as fast on all threads as on one the control was.
    pub fn control(&self) -> f64 {
        self.control_one / self.control_all
    }

    /// Times every arm once, in random order, so that no arm always runs in another's wake.
    fn take(rng: &mut Rng, time: &mut impl FnMut(Arm) -> Timing) -> Self {
        let mut arms = [Arm::Serial, Arm::ControlOne, Arm::ControlAll, Arm::Subject];
        rng.shuffle(&mut arms);
        let timings = arms.map(|arm| (arm, time(arm)));
        let of =
            |wanted| timings.iter().find(|(arm, _)| *arm == wanted).expect("every arm is timed").1;
        Self {
            serial: of(Arm::Serial).seconds,
            control_one: of(Arm::ControlOne).seconds,
            control_all: of(Arm::ControlAll).seconds,
            subject: of(Arm::Subject).seconds,
            subject_cores: of(Arm::Subject).cores,
        }
    }

    fn seconds(&self) -> f64 {
        self.serial + self.control_one + self.control_all + self.subject
    }
}

/// Times rounds until a look decides, the last look is over, or patience ends. `time` runs an arm once and is the only
/// clock.
pub(super) fn race(rng: &mut Rng, mut time: impl FnMut(Arm) -> Timing) -> Vec<Round> {
    let mut rounds: Vec<Round> = Vec::new();
    for look in INTERIM_LOOKS {
        if seconds_at(look, &rounds) > PATIENCE {
            break;
        }
        rounds.resize_with(look, || Round::take(rng, &mut time));
        if !matches!(decide(&rounds), Decision::CannotJudge(_)) {
            break;
        }
    }
    rounds
}

/// Decides on the subject by all rounds so far. It depends on nothing else.
///
/// # Panics
///
/// If there are no rounds.
pub(super) fn decide(rounds: &[Round]) -> Decision {
    beside_the_serial_baseline(
        median_of(rounds.iter().map(Round::ratio)),
        median_of(rounds.iter().map(Round::control)),
    )
}

/// The interval that holds although the rounds may have been looked at before.
pub(super) fn median_of(values: impl Iterator<Item = f64>) -> Interval {
    Interval::of_median_at_looks(values, INTERIM_LOOKS.len())
}

/// How long the comparison will have taken at this look, if rounds go on as they did; 0 before the first round.
fn seconds_at(look: usize, rounds: &[Round]) -> f64 {
    let spent: f64 = rounds.iter().map(Round::seconds).sum();
    spent / rounds.len().max(1) as f64 * look as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Races on a clock on which each arm always takes the same time, and returns all arms that were timed.
    fn race_on(serial: f64, control_all: f64, subject: f64) -> (Vec<Round>, Vec<Arm>) {
        let mut timed = Vec::new();
        let rounds = race(&mut Rng::with_seed(1), |arm| {
            timed.push(arm);
            let seconds = match arm {
                Arm::Serial | Arm::ControlOne => serial,
                Arm::ControlAll => control_all,
                Arm::Subject => subject,
            };
            Timing { seconds, cores: Some(serial / seconds) }
        });
        (rounds, timed)
    }

    #[test]
    fn a_clear_case_ends_at_the_first_look() {
        let faster = Round {
            serial: 0.02,
            control_one: 0.02,
            control_all: 0.01,
            subject: 0.01,
            subject_cores: Some(2.0),
        };
        assert_eq!(race_on(0.02, 0.01, 0.01).0, [faster; 7]);
        let not_faster = Round { subject: 0.02, subject_cores: Some(1.0), ..faster };
        assert_eq!(race_on(0.02, 0.01, 0.02).0, [not_faster; 7]);
    }

    #[test]
    fn what_cannot_be_judged_goes_on_to_the_last_look() {
        assert_eq!(race_on(0.02, 0.02, 0.02).0.len(), 31);
    }

    #[test]
    fn patience_ends_at_the_last_look_within_its_limit() {
        assert_eq!(race_on(0.05, 0.05, 0.05).0.len(), 11, "2.2 s at 11 rounds, 3.8 s at 19");
        assert_eq!(race_on(10.0, 10.0, 10.0).0.len(), 7, "the first look is always reached");
    }

    #[test]
    fn each_round_times_every_arm_once_and_in_its_own_order() {
        let (rounds, timed) = race_on(0.02, 0.02, 0.02);
        let orders: Vec<&[Arm]> = timed.chunks(4).collect();
        assert_eq!(orders.len(), rounds.len());
        for arm in [Arm::Serial, Arm::ControlOne, Arm::ControlAll, Arm::Subject] {
            assert!(orders.iter().all(|order| order.contains(&arm)), "{arm:?} in every round");
            assert!(
                (0..4).all(|place| orders.iter().any(|order| order[place] == arm)),
                "{arm:?} in every place"
            );
        }
    }
}
