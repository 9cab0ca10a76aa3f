//! What was seen when a workload was timed, in words and as a record.

use std::fmt::{self, Display, Formatter};

use measure::protocol::{RecordKind, SpeedRecord};

use super::rounds::median_of;
use super::{Decision, Interval, Round};

/// What was seen when a subject was timed beside its serial baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The workload's name.
    pub workload: String,
    /// What the serial side is called.
    pub baseline: &'static str,
    /// How many items a run handles.
    pub items: u64,
    /// The threads of the pool that the subject ran in.
    pub threads: usize,
    /// How many threads the machine can run at once, by its own account.
    pub cores_offered: usize,
    /// Every round; none if there is nothing to run beside.
    pub rounds: Vec<Round>,
    /// What the rounds say.
    pub decision: Decision,
}

impl Comparison {
    /// How many times as fast as the serial baseline the subject was. `None` without rounds.
    pub fn ratio(&self) -> Option<Interval> {
        self.over_rounds(Round::ratio)
    }

    /// How many times as fast on all threads as on one the control was. `None` without rounds.
    pub fn control(&self) -> Option<Interval> {
        self.over_rounds(Round::control)
    }

    /// CPU time over wall time of the subject, the median. `None` without rounds or where the system does not report it.
    pub fn cores_in_use(&self) -> Option<f64> {
        let cores: Option<Vec<f64>> = self.rounds.iter().map(|round| round.subject_cores).collect();
        cores.filter(|cores| !cores.is_empty()).map(|cores| median_of(cores.into_iter()).median)
    }

    fn over_rounds(&self, of_round: impl Fn(&Round) -> f64) -> Option<Interval> {
        (!self.rounds.is_empty()).then(|| median_of(self.rounds.iter().map(of_round)))
    }

    /// The record for the runner.
    pub fn record(&self) -> SpeedRecord {
        let reason = match self.decision {
            Decision::CannotJudge(reason) => Some(reason.to_string()),
            Decision::Faster | Decision::NotFaster => None,
        };
        let median = |of_round: fn(&Round) -> f64| {
            self.over_rounds(of_round).map(|interval| interval.median)
        };
        SpeedRecord {
            kind: RecordKind::Speed,
            words: self.to_string(),
            workload: self.workload.clone(),
            baseline: self.baseline.to_owned(),
            items: self.items,
            threads: self.threads,
            cores_offered: self.cores_offered,
            rounds: self.rounds.len(),
            decision: self.decision.into(),
            reason,
            ratio: median(Round::ratio),
            low: self.ratio().map(|ratio| ratio.low),
            high: self.ratio().map(|ratio| ratio.high),
            control: median(Round::control),
            cores_in_use: self.cores_in_use(),
            serial_s: median(|round| round.serial),
            subject_s: median(|round| round.subject),
        }
    }
}

impl Display for Comparison {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Decision::CannotJudge(reason) = self.decision {
            parts.push(format!("cannot judge: {reason}"));
        }
        if let (Some(ratio), Some(control)) = (self.ratio(), self.control()) {
            let threads = match self.threads {
                1 => "one thread".to_owned(),
                more => format!("{more} threads"),
            };
            let seen = format!(
                "{:.2} times as fast as {} on {threads} (95 % interval {ratio}, {} rounds)",
                ratio.median,
                self.baseline,
                self.rounds.len()
            );
            parts.push(match self.decision {
                Decision::NotFaster => {
                    format!("not faster: {seen}, while the control gained {:.1}×", control.median)
                }
                Decision::Faster | Decision::CannotJudge(_) => seen,
            });
        }
        if let Some(cores) = self.cores_in_use() {
            parts.push(format!("CPU time over wall time: {cores:.1}"));
        }
        write!(f, "{}: {}", self.workload, parts.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use measure::protocol::Json;
    use serde_json::json;

    use super::*;
    use crate::paired::Reason;
    use crate::paired::rounds::decide;

    /// Eleven rounds in which the subject and the control gained this much.
    fn comparison(ratio: f64, control: f64) -> Comparison {
        let round = |k: usize| Round {
            serial: 0.03,
            control_one: 0.02,
            control_all: 0.02 / control,
            subject: 0.03 / (ratio + 0.01 * (k as f64 - 5.0)),
            subject_cores: Some(1.9),
        };
        let rounds: Vec<Round> = (0..11).map(round).collect();
        let decision = decide(&rounds);
        Comparison {
            workload: "integral of 10,000,000 samples".to_owned(),
            baseline: "the serial loop",
            items: 10_000_000,
            threads: 2,
            cores_offered: 2,
            rounds,
            decision,
        }
    }

    fn on_one_core() -> Comparison {
        Comparison {
            threads: 1,
            cores_offered: 1,
            rounds: Vec::new(),
            decision: Decision::CannotJudge(Reason::OneCore),
            ..comparison(1.0, 1.0)
        }
    }

    #[test]
    fn every_decision_is_told_in_a_sentence() {
        assert_eq!(
            comparison(1.92, 1.95).to_string(),
            "integral of 10,000,000 samples: 1.92 times as fast as the serial loop on 2 threads \
             (95 % interval 1.88 to 1.96, 11 rounds); CPU time over wall time: 1.9"
        );
        assert_eq!(
            comparison(1.0, 1.95).to_string(),
            "integral of 10,000,000 samples: not faster: 1.00 times as fast as the serial loop on 2 threads \
             (95 % interval 0.96 to 1.04, 11 rounds), while the control gained 1.9×; CPU time over wall time: 1.9"
        );
        assert_eq!(
            comparison(1.0, 1.1).to_string(),
            "integral of 10,000,000 samples: cannot judge: your machine is busy: even the control gained only 1.1× now; \
             1.00 times as fast as the serial loop on 2 threads \
             (95 % interval 0.96 to 1.04, 11 rounds); CPU time over wall time: 1.9"
        );
        assert_eq!(
            on_one_core().to_string(),
            "integral of 10,000,000 samples: cannot judge: one core is offered, on which nothing can run beside anything"
        );
    }

    #[test]
    fn a_gain_on_one_thread_is_told_as_one() {
        let fused =
            Comparison { baseline: "the array expression", threads: 1, ..comparison(1.5, 1.9) };
        let words = "1.50 times as fast as the array expression on one thread (";
        assert!(fused.to_string().contains(words), "{fused}");
    }

    #[test]
    fn where_the_system_tells_no_cpu_time_nothing_is_said_of_it() {
        let mut comparison = comparison(1.92, 1.95);
        comparison.rounds.iter_mut().for_each(|round| round.subject_cores = None);
        assert!(comparison.to_string().ends_with("11 rounds)"), "{comparison}");
    }

    #[test]
    fn the_runner_gets_every_figure() {
        let line = comparison(2.0, 1.0).record().to_json();
        let expected = json!({
            "kind": "speed",
            "words": comparison(2.0, 1.0).to_string(),
            "workload": "integral of 10,000,000 samples",
            "baseline": "the serial loop",
            "items": 10_000_000,
            "threads": 2,
            "cores_offered": 2,
            "rounds": 11,
            "decision": "faster",
            "reason": null,
            "ratio": 2.0,
            "low": 0.03 / (0.03 / 1.96),
            "high": 0.03 / (0.03 / 2.04),
            "control": 1.0,
            "cores_in_use": 1.9,
            "serial_s": 0.03,
            "subject_s": 0.015,
        });
        assert_eq!(line, expected);
    }

    #[test]
    fn what_was_not_measured_is_null() {
        let line = on_one_core().record().to_json();
        assert_eq!(line["decision"], "cannot-judge");
        assert_eq!(line["reason"], "one core is offered, on which nothing can run beside anything");
        for field in ["ratio", "low", "high", "control", "cores_in_use", "serial_s", "subject_s"] {
            assert!(line[field].is_null(), "{field} in {line}");
        }
    }
}
