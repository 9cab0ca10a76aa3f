//! The documents that programs read. The README describes them.

use serde_json::{Value, json};

use crate::check::Outcome;
use crate::course::Lesson;
use crate::subject::Subject;
use crate::verdict::{Failure, Judged, Tier, Verdict};

/// Raised when a field changes its meaning or goes; a new field does not raise it.
pub const SCHEMA: u32 = 1;

/// The document of `check --json`.
pub fn check(lesson: &Lesson, subject: Subject, outcome: &Outcome) -> Value {
    let (errors, tiers): (&[String], &[Judged]) = match &outcome.verdict {
        Verdict::NotStarted => (&[], &[]),
        Verdict::DidNotCompile { errors } => (errors, &[]),
        Verdict::Judged(tiers) => (&[], tiers),
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

fn tier(judged: &Judged) -> Value {
    let output = judged
        .printed
        .iter()
        .map(|(test, text)| json!({ "test": test.path, "text": text }));
    json!({
        "tier": judged.tier.word(),
        "tests": judged.tests,
        "failures": judged.failures.iter().map(failure).collect::<Vec<_>>(),
        "output": output.collect::<Vec<_>>(),
    })
}

fn failure(failure: &Failure) -> Value {
    json!({
        "test": failure.test.path,
        "kind": failure.fault.kind(),
        "seen": failure.fault.to_string(),
        "expected": failure.fault.expected(),
        "place": failure.place,
    })
}
