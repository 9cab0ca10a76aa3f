//! From what was observed of a submission to what its record says: pure, and the only place where that is decided.

use std::iter;

use xtask_core::process::{NoAnswer, Termination};
use xtask_core::verdict::{Failure, Verdict};

use crate::diagnostics::Diagnostics;
use crate::overlapping;
use crate::record::{FailedClaim, Outcome};
use crate::sitting::{End, Sitting};
use crate::stop_reason::StopReason;

/// What was observed, as far as it went.
#[derive(Debug)]
pub enum Observed {
    /// The code has a word that no solution needs.
    ForbiddenWord(&'static str),
    DidNotCompile(Diagnostics),
    /// The compiler was stopped by a limit.
    CompilerStopped(StopReason),
    /// It compiled, and the course's own checks do not hold; `stop` says what ended a test's process.
    ChecksDoNotHold {
        verdict: Verdict,
        stop: Option<StopReason>,
    },
    /// The course's own checks hold, and it was asked unseen cases; `stop` says what ended its process.
    Sat {
        sitting: Sitting,
        stop: Option<StopReason>,
        /// What the model used, for each question whose work is to overlap, in nanoseconds.
        models_cpu_ns: Vec<u64>,
    },
}

/// What a record says of what was observed.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    pub outcome: Outcome,
    pub reason: String,
    pub failed_claims: Vec<FailedClaim>,
    pub errors: Vec<String>,
    pub flags: Vec<String>,
}

impl Weighed {
    fn because(outcome: Outcome, reason: impl Into<String>) -> Self {
        Self {
            outcome,
            reason: reason.into(),
            failed_claims: Vec::new(),
            errors: Vec::new(),
            flags: Vec::new(),
        }
    }
}

/// The verdict.
pub fn weighed(observed: Observed) -> Weighed {
    match observed {
        Observed::ForbiddenWord(word) => Weighed::because(
            Outcome::DidNotCompile,
            format!(
                "it has the word `{word}`, which no lesson needs and the grader does not compile"
            ),
        ),
        Observed::DidNotCompile(diagnostics) => did_not_compile(diagnostics),
        Observed::CompilerStopped(stop) => {
            let outcome = match &stop {
                StopReason::Signal(_) | StopReason::Exit(_) | StopReason::StackOverflow => {
                    Outcome::DidNotCompile
                }
                limit => limit.outcome(),
            };
            Weighed::because(outcome, format!("while it was compiled, {stop}"))
        }
        Observed::ChecksDoNotHold { verdict, stop } => checks_do_not_hold(&verdict, stop),
        Observed::Sat {
            sitting,
            stop,
            models_cpu_ns,
        } => {
            let models = models_cpu_ns
                .into_iter()
                .map(Some)
                .chain(iter::repeat(None));
            let looks = sitting.overlaps.iter().zip(models);
            let flags = looks
                .flat_map(|(look, model)| overlapping::flags(look, model))
                .collect();
            Weighed {
                flags,
                ..sat(sitting.end, stop)
            }
        }
    }
}

fn did_not_compile(diagnostics: Diagnostics) -> Weighed {
    let reason = diagnostics.headline().to_owned();
    Weighed {
        errors: diagnostics.errors,
        ..Weighed::because(Outcome::DidNotCompile, reason)
    }
}

fn checks_do_not_hold(verdict: &Verdict, stop: Option<StopReason>) -> Weighed {
    let failures = match verdict {
        Verdict::Tiers(tiers) => tiers.iter().flat_map(|tier| &tier.failures).collect(),
        Verdict::NotStarted | Verdict::DidNotCompile { .. } => Vec::new(),
    };
    let failed_claims: Vec<_> = failures.into_iter().map(failed_claim).collect();
    let first = failed_claims.first();
    let reason = match (&stop, first) {
        (Some(stop), Some(first)) => format!("{}: {stop}", first.claim),
        (None, Some(first)) => format!("{}: {}", first.claim, first.seen),
        (_, None) => "its checks did not all run".to_owned(),
    };
    Weighed {
        failed_claims,
        ..Weighed::because(stop.map_or(Outcome::Failed, |stop| stop.outcome()), reason)
    }
}

fn failed_claim(failure: &Failure) -> FailedClaim {
    FailedClaim {
        claim: failure.test.name().replace('_', " "),
        seen: failure.kind.to_string(),
        expected: failure.kind.expected().unwrap_or_default().to_owned(),
        unseen: false,
    }
}

fn sat(end: End, stop: Option<StopReason>) -> Weighed {
    let unseen = |claim: &str, seen: String, expected: String| FailedClaim {
        claim: claim.to_owned(),
        seen,
        expected,
        unseen: true,
    };
    match end {
        End::AllRight => Weighed::because(
            Outcome::Passed,
            "right on the course's checks and on unseen cases",
        ),
        End::Wrong {
            claim,
            seen,
            expected,
        } => Weighed {
            failed_claims: vec![unseen(&claim, seen, expected)],
            ..Weighed::because(
                Outcome::WrongOnUnseen,
                format!("the course's checks hold, but not on unseen cases: {claim}"),
            )
        },
        End::Serial { claim, seen } => Weighed {
            failed_claims: vec![unseen(&claim, seen.clone(), String::new())],
            ..Weighed::because(Outcome::DidNotOverlap, format!("{claim}: {seen}"))
        },
        End::Unobserved { claim } => Weighed::because(
            Outcome::NotGraded,
            format!("too little was seen of its threads to tell: {claim}; grade it again"),
        ),
        End::Forged { claim } => Weighed::because(
            Outcome::Forged,
            format!(
                "asked about an unseen case ({claim}), it sent something that was no answer to it"
            ),
        ),
        End::Silent { claim, silence } => silent(&claim, &silence, stop),
        End::EndedBadly {
            said_more: true, ..
        } => Weighed::because(Outcome::Forged, "it sent answers that nobody had asked for"),
        End::EndedBadly { termination, .. } => {
            let stop = stop.unwrap_or_else(|| StopReason::of(termination, ""));
            Weighed::because(
                stop.outcome(),
                format!("every answer was right, but then {stop}"),
            )
        }
    }
}

fn silent(claim: &str, silence: &NoAnswer, stop: Option<StopReason>) -> Weighed {
    let on_unseen =
        |what: &str| format!("the course's checks hold, but on an unseen case ({claim}) {what}");
    if let (
        NoAnswer::Ended {
            termination: Termination::Exit(101),
            last_words,
        },
        None,
    ) = (silence, &stop)
    {
        let panic = xtask_core::verdict::panics(last_words).into_iter().next();
        let seen = panic.map_or_else(String::new, |panic| panic.message);
        return Weighed {
            failed_claims: vec![FailedClaim {
                claim: claim.to_owned(),
                seen: format!("the code panicked: {seen}"),
                expected: String::new(),
                unseen: true,
            }],
            ..Weighed::because(Outcome::WrongOnUnseen, on_unseen("the code panicked"))
        };
    }
    let stop = stop.unwrap_or_else(|| match silence {
        NoAnswer::Late => StopReason::DidNotFinish,
        NoAnswer::Flood => StopReason::Flooded,
        NoAnswer::Ended {
            termination,
            last_words,
        } => StopReason::of(*termination, last_words),
    });
    Weighed::because(stop.outcome(), on_unseen(&stop.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sitting(end: End) -> Observed {
        Observed::Sat {
            sitting: Sitting {
                end,
                overlaps: Vec::new(),
            },
            stop: None,
            models_cpu_ns: Vec::new(),
        }
    }

    #[test]
    fn only_right_answers_and_a_proper_end_are_a_pass() {
        let outcome = |end| weighed(sitting(end)).outcome;
        assert_eq!(outcome(End::AllRight), Outcome::Passed);
        let claim = || "it adds up".to_owned();
        let ended = |termination, said_more| End::EndedBadly {
            termination,
            said_more,
        };
        assert_eq!(
            outcome(ended(Termination::Exit(3), false)),
            Outcome::EndedEarly
        );
        assert_eq!(outcome(ended(Termination::Exit(0), true)), Outcome::Forged);
        assert_eq!(outcome(End::Forged { claim: claim() }), Outcome::Forged);
        assert_eq!(
            outcome(End::Unobserved { claim: claim() }),
            Outcome::NotGraded
        );
        let silent = |silence| End::Silent {
            claim: claim(),
            silence,
        };
        assert_eq!(outcome(silent(NoAnswer::Late)), Outcome::DidNotFinish);
        assert_eq!(outcome(silent(NoAnswer::Flood)), Outcome::Flooded);
        let exit = NoAnswer::Ended {
            termination: Termination::Exit(0),
            last_words: "test result: ok. 1 passed; 0 failed;".to_owned(),
        };
        assert_eq!(outcome(silent(exit)), Outcome::EndedEarly);
    }

    #[test]
    fn a_reason_shows_the_claim_of_an_unseen_case_and_not_the_case() {
        let wrong = End::Wrong {
            claim: "it adds up".to_owned(),
            seen: "n = 7: 3".to_owned(),
            expected: "4".to_owned(),
        };
        let weighed = weighed(sitting(wrong));
        assert_eq!(weighed.outcome, Outcome::WrongOnUnseen);
        assert!(weighed.reason.contains("it adds up") && !weighed.reason.contains("n = 7"));
        assert!(
            weighed
                .failed_claims
                .iter()
                .all(|complaint| complaint.unseen)
        );
    }

    #[test]
    fn a_compiler_that_crashes_did_not_compile_and_one_at_a_limit_is_at_that_limit() {
        let outcome = |stop| weighed(Observed::CompilerStopped(stop)).outcome;
        assert_eq!(outcome(StopReason::Signal(11)), Outcome::DidNotCompile);
        assert_eq!(outcome(StopReason::DidNotFinish), Outcome::DidNotFinish);
    }
}
