//! The document of `check --json`. The README describes it.

use measure::protocol::{CheckDocument, CheckedTier, FailedTest, Printed, SCHEMA};

use crate::check::Outcome;
use crate::course::Lesson;
use crate::variant::Variant;
use crate::verdict::{Failure, TierResult, Verdict};

pub fn check(lesson: &Lesson, variant: Variant, outcome: &Outcome) -> CheckDocument {
    let errors: &[String] = match &outcome.verdict {
        Verdict::DidNotCompile { errors } => errors,
        Verdict::NotStarted | Verdict::Tiers(_) => &[],
    };
    let plain = |error: &String| anstream::adapter::strip_str(error).to_string();
    CheckDocument {
        schema: SCHEMA,
        lesson: lesson.name().to_owned(),
        subject: variant.word().to_owned(),
        code: lesson.display_path(&variant.package(lesson).code()),
        verdict: outcome.verdict.word(),
        errors: errors.iter().map(plain).collect(),
        tiers: outcome.verdict.tiers().iter().map(tier).collect(),
        speed: outcome.speed.clone(),
        seconds: outcome.spent,
    }
}

fn tier(result: &TierResult) -> CheckedTier {
    let output = result
        .printed
        .iter()
        .map(|(test, text)| Printed { test: test.path.clone(), text: text.clone() });
    CheckedTier {
        tier: result.tier,
        tests: result.tests,
        failures: result.failures.iter().map(failure).collect(),
        output: output.collect(),
    }
}

fn failure(failure: &Failure) -> FailedTest {
    FailedTest {
        test: failure.test.path.clone(),
        kind: failure.kind.word(),
        seen: failure.kind.to_string(),
        expected: failure.kind.expectation().map(str::to_owned),
        place: failure.place.clone(),
    }
}
