//! From what was observed of a submission to what its record says: pure, and the only place where that is decided.

use std::iter;

use xtask_core::process::NoAnswer;
use xtask_core::verdict::FailureKind;

use crate::diagnostics::Diagnostics;
use crate::exam::{Exam, FailedTest, Failure};
use crate::overlapping;
use crate::record::{FailedClaim, Outcome};
use crate::stop_reason::StopReason;

/// What was observed, as far as it went.
#[derive(Debug)]
pub enum Observed {
    /// The code has a word that no solution needs.
    ForbiddenWord(&'static str),
    DidNotCompile(Diagnostics),
    /// The compiler was stopped by a limit.
    CompilerStopped(StopReason),
    /// It compiled, and was examined.
    Examined {
        exam: Exam,
        /// What the model used, for each claim whose work has to overlap, in nanoseconds.
        models_cpu_ns: Vec<u64>,
    },
}

/// What a record says of what was observed.
#[derive(Clone, Debug, PartialEq)]
pub struct Classification {
    pub outcome: Outcome,
    pub reason: String,
    pub failed_claims: Vec<FailedClaim>,
    pub errors: Vec<String>,
    pub flags: Vec<String>,
}

impl Classification {
    fn new(outcome: Outcome, reason: impl Into<String>) -> Self {
        Self {
            outcome,
            reason: reason.into(),
            failed_claims: Vec::new(),
            errors: Vec::new(),
            flags: Vec::new(),
        }
    }
}

/// The classification of a submission.
pub fn classify(observed: Observed) -> Classification {
    match observed {
        Observed::ForbiddenWord(word) => Classification::new(
            Outcome::DidNotCompile,
            format!(
                "it has the word `{word}`, which no lesson needs and the grader does not compile"
            ),
        ),
        Observed::DidNotCompile(diagnostics) => {
            let reason = diagnostics.headline();
            let classification = Classification::new(Outcome::DidNotCompile, reason);
            Classification { errors: diagnostics.errors, ..classification }
        }
        Observed::CompilerStopped(stop) => {
            let outcome = match &stop {
                StopReason::Signal(_) | StopReason::Exit(_) | StopReason::StackOverflow => {
                    Outcome::DidNotCompile
                }
                limit => limit.outcome(),
            };
            Classification::new(outcome, format!("while it was compiled, {stop}"))
        }
        Observed::Examined { exam, models_cpu_ns } => {
            let models = models_cpu_ns.into_iter().map(Some).chain(iter::repeat(None));
            let looks = exam.overlaps.iter().zip(models);
            let flags = looks.flat_map(|(look, model)| overlapping::flags(look, model)).collect();
            Classification { flags, ..classify_exam(exam) }
        }
    }
}

fn classify_exam(exam: Exam) -> Classification {
    if let Some(first) = exam.failed.first() {
        let claims = exam.failed.iter().map(|failed| claim_of(failed, false));
        return Classification { failed_claims: claims.collect(), ..known_failure(first) };
    }
    match exam.failed_unseen {
        Some(failed) => unseen_failure(failed),
        None => {
            Classification::new(Outcome::Passed, "right on the course's checks and on unseen cases")
        }
    }
}

/// What failed of what the student's own check shows.
fn known_failure(failed: &FailedTest) -> Classification {
    let FailedClaim { claim, seen, .. } = claim_of(failed, false);
    match (&failed.stop, &failed.how) {
        (_, Failure::Forged) => forgery(&claim),
        (Some(stop), _) => Classification::new(stop.outcome(), format!("{claim}: {stop}")),
        (None, Failure::EndedBadly { .. }) => unasked_answers(),
        (None, _) => Classification::new(Outcome::Failed, format!("{claim}: {seen}")),
    }
}

/// What failed on a random case.
fn unseen_failure(failed: FailedTest) -> Classification {
    let failed_claim = claim_of(&failed, true);
    let claim = failed_claim.claim.clone();
    let on_unseen =
        |what: &str| format!("the course's checks hold, but on an unseen case ({claim}) {what}");
    let with_claim = |outcome, reason| Classification {
        failed_claims: vec![failed_claim.clone()],
        ..Classification::new(outcome, reason)
    };
    match (failed.how, failed.stop) {
        (Failure::Wrong { .. }, _) => with_claim(
            Outcome::WrongOnUnseen,
            format!("the course's checks hold, but not on unseen cases: {claim}"),
        ),
        (Failure::Serial { seen }, _) => {
            with_claim(Outcome::DidNotOverlap, format!("{claim}: {seen}"))
        }
        (Failure::Unobserved, _) => Classification::new(
            Outcome::NotGraded,
            format!("too little was seen of its threads to tell: {claim}; grade it again"),
        ),
        (Failure::Forged, _) => forgery(&claim),
        (Failure::EndedBadly { said_more: true, .. }, _) => unasked_answers(),
        (Failure::EndedBadly { termination, .. }, stop) => {
            let stop = stop.unwrap_or_else(|| StopReason::of(termination, ""));
            Classification::new(stop.outcome(), format!("every answer was right, but then {stop}"))
        }
        (Failure::Silent(_) | Failure::Plain(_), Some(stop)) => {
            Classification::new(stop.outcome(), on_unseen(&stop.to_string()))
        }
        (Failure::Silent(_) | Failure::Plain(_), None) => {
            with_claim(Outcome::WrongOnUnseen, on_unseen("the code panicked"))
        }
    }
}

fn forgery(claim: &str) -> Classification {
    Classification::new(
        Outcome::Forged,
        format!("asked about a case ({claim}), it sent something other than its answer"),
    )
}

fn unasked_answers() -> Classification {
    Classification::new(Outcome::Forged, "it sent answers that had not been asked for")
}

/// The claim of a test that failed, and what was seen of it.
fn claim_of(failed: &FailedTest, unseen: bool) -> FailedClaim {
    let in_words = |kind: FailureKind| {
        let expected = kind.expectation().unwrap_or_default().to_owned();
        (kind.to_string(), expected)
    };
    let (seen, expected) = match (&failed.how, &failed.stop) {
        (Failure::Plain(kind), _) => in_words(kind.clone()),
        (Failure::Wrong { actual, expected }, _) => (actual.clone(), expected.clone()),
        (Failure::Serial { seen }, _) => (seen.clone(), String::new()),
        (_, Some(stop)) => (stop.to_string(), String::new()),
        (Failure::Silent(NoAnswer::Ended { last_words, .. }), None) => {
            FailureKind::of_panic(last_words)
                .map_or_else(|| ("the code panicked".to_owned(), String::new()), in_words)
        }
        _ => (String::new(), String::new()),
    };
    FailedClaim { claim: failed.test.name().replace('_', " "), seen, expected, unseen }
}

#[cfg(test)]
mod tests {
    use xtask_core::process::Termination;
    use xtask_core::verdict::Test;

    use super::*;

    fn failed_test(how: Failure, stop: Option<StopReason>) -> FailedTest {
        FailedTest {
            test: Test::at("correct::it_adds_up").expect("the path has a tier"),
            how,
            stop,
        }
    }

    fn on_fixed(how: Failure, stop: Option<StopReason>) -> Classification {
        classify_exam(Exam { failed: vec![failed_test(how, stop)], ..Exam::default() })
    }

    fn on_unseen(how: Failure, stop: Option<StopReason>) -> Classification {
        classify_exam(Exam { failed_unseen: Some(failed_test(how, stop)), ..Exam::default() })
    }

    fn wrong() -> Failure {
        Failure::Wrong { actual: "n = 7: 3".to_owned(), expected: "4".to_owned() }
    }

    fn bad_end(said_more: bool) -> Failure {
        Failure::EndedBadly { termination: Termination::Exit(3), said_more }
    }

    #[test]
    fn only_an_exam_without_failures_is_passed() {
        assert_eq!(classify_exam(Exam::default()).outcome, Outcome::Passed);
        let exit = Some(StopReason::Exit(3));
        let late = Some(StopReason::DidNotFinish);
        for (how, stop, fixed, unseen) in [
            (wrong(), None, Outcome::Failed, Outcome::WrongOnUnseen),
            (bad_end(false), exit, Outcome::EndedEarly, Outcome::EndedEarly),
            (bad_end(true), None, Outcome::Forged, Outcome::Forged),
            (Failure::Forged, None, Outcome::Forged, Outcome::Forged),
            (Failure::Silent(NoAnswer::Late), late, Outcome::DidNotFinish, Outcome::DidNotFinish),
        ] {
            assert_eq!(on_fixed(how.clone(), stop.clone()).outcome, fixed);
            assert_eq!(on_unseen(how, stop).outcome, unseen);
        }
        assert_eq!(on_unseen(Failure::Unobserved, None).outcome, Outcome::NotGraded);
    }

    #[test]
    fn a_reason_shows_the_claim_of_an_unseen_case_and_not_the_case() {
        let unseen = on_unseen(wrong(), None);
        let reason = unseen.reason;
        assert!(reason.contains("it adds up") && !reason.contains("n = 7"));
        assert!(unseen.failed_claims.iter().all(|claim| claim.unseen));
        let fixed = on_fixed(wrong(), None);
        assert_eq!(fixed.reason, "it adds up: n = 7: 3");
        assert!(fixed.failed_claims.iter().all(|claim| !claim.unseen));
    }

    #[test]
    fn a_panic_on_a_fixed_case_has_the_words_of_a_check() {
        let silence = NoAnswer::Ended {
            termination: Termination::Exit(101),
            last_words: "thread 'a' panicked at src/lib.rs:3:5:\nnot yet implemented: add\n"
                .to_owned(),
        };
        let fixed = on_fixed(Failure::Silent(silence), None);
        assert_eq!(fixed.outcome, Outcome::Failed);
        assert_eq!(fixed.reason, "it adds up: not written yet: add");
    }

    #[test]
    fn a_compiler_that_crashes_did_not_compile_and_one_at_a_limit_is_at_that_limit() {
        let outcome = |stop| classify(Observed::CompilerStopped(stop)).outcome;
        assert_eq!(outcome(StopReason::Signal(11)), Outcome::DidNotCompile);
        assert_eq!(outcome(StopReason::DidNotFinish), Outcome::DidNotFinish);
    }
}
