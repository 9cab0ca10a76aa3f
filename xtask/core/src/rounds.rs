//! Times several arms in rounds: each of them in every round, in random order, so that a busy minute is shared by all.

use std::time::{Duration, Instant};

use anyhow::Result;
use measure::Interval;

use crate::process::InterruptGuard;
use crate::ui::Working;

/// What a timing takes at least, in seconds: an arm that takes less is run several times over, or a single interrupt would
/// be the measurement.
const SHORTEST_TIMING: f64 = 2e-3;

/// One of those that take turns.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm<R> {
    /// What is said while it runs.
    pub name: String,
    /// What it takes to run it.
    pub run: R,
    /// In seconds a run, one for each round.
    pub seconds: Vec<f64>,
    /// How often it is run in a row for one timing.
    times: u32,
}

impl<R> Arm<R> {
    pub fn new(name: impl Into<String>, run: R) -> Self {
        Self { name: name.into(), run, seconds: Vec::new(), times: 1 }
    }

    /// The median of its times; `None` before the first round.
    pub fn median(&self) -> Option<f64> {
        interval(self.seconds.iter().copied(), 1).map(|interval| interval.median)
    }

    /// How many times as fast as `other` it was, over the rounds that both have; `None` before the first.
    pub fn speed_over<S>(&self, other: &Arm<S>) -> Option<Interval> {
        self.speed_over_at_looks(other, 1)
    }

    /// The same where the rounds were looked at `looks` times, and each look might have ended them.
    pub fn speed_over_at_looks<S>(&self, other: &Arm<S>, looks: usize) -> Option<Interval> {
        let ratios = other.seconds.iter().zip(&self.seconds);
        interval(ratios.map(|(other, own)| other / own), looks)
    }
}

fn interval(values: impl Iterator<Item = f64>, looks: usize) -> Option<Interval> {
    let values: Vec<f64> = values.collect();
    (!values.is_empty()).then(|| Interval::of_median_at_looks(values, looks))
}

/// What came of the rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    All,
    /// The user has seen enough. The arms have the rounds that were complete.
    Interrupted,
}

/// Takes `rounds` more rounds. `time` runs an arm several times in a row and returns the seconds of one run, on average.
///
/// A first turn, which is not counted, warms every arm up and shows how often it has to run for one timing.
///
/// # Errors
///
/// An arm cannot be timed, and that is not because the user interrupted.
pub fn take<R>(
    arms: &mut [Arm<R>],
    rounds: usize,
    working: &Working,
    guard: &InterruptGuard,
    mut time: impl FnMut(&R, u32) -> Result<f64>,
) -> Result<Taken> {
    let mut timed = |arm: &Arm<R>, times| match time(&arm.run, times) {
        Ok(seconds) => Ok(Some(seconds)),
        Err(_) if guard.is_interrupted() => Ok(None),
        Err(error) => Err(error),
    };
    let mut a_round = 0.0;
    for arm in &mut *arms {
        working.progress(&format!("first runs: {}", arm.name));
        let Some(seconds) = timed(arm, 1)? else {
            return Ok(Taken::Interrupted);
        };
        arm.times = (SHORTEST_TIMING / seconds).ceil().clamp(1.0, 1e6) as u32;
        a_round += seconds * f64::from(arm.times);
    }
    let begun = Instant::now();
    for round in 0..rounds {
        let left = time_left(begun.elapsed(), a_round, round, rounds);
        working.progress(&format!("round {} of {rounds}, {left} left", round + 1));
        let mut order: Vec<usize> = (0..arms.len()).collect();
        fastrand::shuffle(&mut order);
        let mut seconds = vec![0.0; arms.len()];
        for index in order {
            let arm = &arms[index];
            let Some(timing) = timed(arm, arm.times)? else {
                return Ok(Taken::Interrupted);
            };
            seconds[index] = timing;
        }
        for (arm, seconds) in arms.iter_mut().zip(seconds) {
            arm.seconds.push(seconds);
        }
        if guard.is_interrupted() {
            return Ok(Taken::Interrupted);
        }
    }
    Ok(Taken::All)
}

/// How long it will still take, in words: from the rounds so far, which took `elapsed`, or before them from what the first runs
/// say about one, in seconds.
fn time_left(elapsed: Duration, a_round: f64, done: usize, rounds: usize) -> String {
    let a_round = if done == 0 { a_round } else { elapsed.as_secs_f64() / done as f64 };
    match (a_round * (rounds - done) as f64).ceil() as u64 {
        seconds @ 0..60 => format!("about {seconds} s"),
        seconds => format!("about {} min", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    fn take_rounds(
        arms: &mut [Arm<f64>],
        rounds: usize,
        time: impl FnMut(&f64, u32) -> Result<f64>,
    ) -> Result<Taken> {
        let guard = InterruptGuard::start();
        take(arms, rounds, &Working::start("a test"), &guard, time)
    }

    #[test]
    fn every_arm_is_timed_once_a_round_after_a_first_run() {
        let mut arms = [Arm::new("one", 1.0), Arm::new("two", 2.0)];
        assert_eq!((arms[0].median(), arms[0].speed_over(&arms[1])), (None, None));
        let mut asked = Vec::new();
        let outcome = take_rounds(&mut arms, 9, |seconds, _| {
            asked.push(*seconds);
            Ok(*seconds)
        });
        assert_eq!(outcome.unwrap(), Taken::All);
        assert_eq!(arms[1].seconds, [2.0; 9]);
        assert_eq!(asked[..2], [1.0, 2.0], "the first runs");
        for round in asked[2..].chunks(2) {
            assert_eq!(round.iter().sum::<f64>(), 3.0, "both in each round: {asked:?}");
        }
        assert_eq!(arms[0].speed_over(&arms[1]).unwrap().median, 2.0);
    }

    #[test]
    fn what_is_too_short_to_be_timed_is_run_several_times() {
        let mut arms = [Arm::new("short", 1e-4), Arm::new("long", 1.0), Arm::new("none", 0.0)];
        let mut times = Vec::new();
        take_rounds(&mut arms, 1, |seconds, of_this| {
            times.push((*seconds, of_this));
            Ok(*seconds)
        })
        .unwrap();
        for expected in [(1e-4, 20), (1.0, 1), (0.0, 1_000_000)] {
            assert!(times[3..].contains(&expected), "{times:?}");
        }
    }

    #[test]
    fn an_arm_that_cannot_be_timed_is_an_error() {
        let mut arms = [Arm::new("broken", 1.0)];
        let error = take_rounds(&mut arms, 1, |_, _| bail!("it panicked")).unwrap_err();
        assert_eq!(error.to_string(), "it panicked");
    }

    #[test]
    fn the_time_left_follows_from_the_rounds_so_far() {
        let seconds = Duration::from_secs;
        assert_eq!(time_left(seconds(0), 3.0, 0, 10), "about 30 s");
        assert_eq!(time_left(seconds(4), 3.0, 2, 10), "about 16 s");
        assert_eq!(time_left(seconds(100), 0.0, 1, 10), "about 15 min");
    }
}
