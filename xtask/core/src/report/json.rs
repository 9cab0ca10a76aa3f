//! The documents that programs read. The README describes them.

use serde_json::{Value, json};

use crate::check::Outcome;
use crate::course::Lesson;
use crate::subject::Subject;
use crate::verdict::{Failure, Tier, TierResult, Verdict};

/// Raised when a field changes its meaning or goes; a new field does not raise it.
pub const SCHEMA: u32 = 1;

/// The document of `check --json`.
pub fn check(lesson: &Lesson, subject: Subject, outcome: &Outcome) -> Value {
    let (errors, tiers): (&[String], &[TierResult]) = match &outcome.verdict {
        Verdict::NotStarted => (&[], &[]),
        Verdict::DidNotCompile { errors } => (errors, &[]),
        Verdict::Tiers(tiers) => (&[], tiers),
    };
    json!({
        "schema": SCHEMA,
        "lesson": lesson.name(),
        "subject": subject.word(),
        "code": lesson.shown(&subject.package(lesson).code()),
        "verdict": outcome.verdict.word(),
        "errors": errors.iter().map(|error| anstream::adapter::strip_str(error).to_string()).collect::<Vec<_>>(),
        "tiers": tiers.iter().map(tier).collect::<Vec<_>>(),
        Tier::Speed.word(): outcome.speed,
        "seconds": {
            "building": outcome.spent.building.as_secs_f64(),
            "checking": outcome.spent.checking.as_secs_f64(),
            "measuring": outcome.spent.measuring.as_secs_f64(),
        },
    })
}

fn tier(result: &TierResult) -> Value {
    let output = result
        .printed
        .iter()
        .map(|(test, text)| json!({ "test": test.path, "text": text }));
    json!({
        "tier": result.tier.word(),
        "tests": result.tests,
        "failures": result.failures.iter().map(failure).collect::<Vec<_>>(),
        "output": output.collect::<Vec<_>>(),
    })
}

fn failure(failure: &Failure) -> Value {
    json!({
        "test": failure.test.path,
        "kind": failure.kind.word(),
        "seen": failure.kind.to_string(),
        "expected": failure.kind.expected(),
        "place": failure.place,
    })
}
