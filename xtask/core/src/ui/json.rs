//! The document of `check --json`. The README describes it.

use measure::protocol::{CheckDocument, CheckedTier, FailedTest, Printed, SCHEMA, Spent};

use crate::check::Outcome;
use crate::course::Lesson;
use crate::variant::Variant;
use crate::verdict::{Failure, TierResult, Verdict};

pub fn check(lesson: &Lesson, variant: Variant, outcome: &Outcome) -> CheckDocument {
    let (errors, tiers): (&[String], &[TierResult]) = match &outcome.verdict {
        Verdict::NotStarted => (&[], &[]),
        Verdict::DidNotCompile { errors } => (errors, &[]),
        Verdict::Tiers(tiers) => (&[], tiers),
    };
    let plain = |error: &String| anstream::adapter::strip_str(error).to_string();
    CheckDocument {
        schema: SCHEMA,
        lesson: lesson.name().to_owned(),
        subject: variant.word().to_owned(),
        code: lesson.display_path(&variant.package(lesson).code()),
        verdict: outcome.verdict.word(),
        errors: errors.iter().map(plain).collect(),
        tiers: tiers.iter().map(tier).collect(),
        speed: outcome.speed.clone(),
        seconds: Spent {
            building: outcome.spent.building.as_secs_f64(),
            checking: outcome.spent.checking.as_secs_f64(),
            measuring: outcome.spent.measuring.as_secs_f64(),
        },
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
        expected: failure.kind.expected().map(str::to_owned),
        place: failure.place.clone(),
    }
}
