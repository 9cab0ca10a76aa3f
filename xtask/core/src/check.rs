//! From a package to the outcome of a check: its checks are built, run and judged.

use std::time::Instant;

use anyhow::Result;
use measure::protocol::{SpeedRecord, Spent};

use crate::cargo::{self, Build};
use crate::course::Lesson;
use crate::test_binary::{self, TestBinary};
use crate::variant::Package;
use crate::verdict::Verdict;

/// The outcome of a check, and how long its parts took.
#[derive(Debug)]
pub struct Outcome {
    pub verdict: Verdict,
    /// Rustc's, about the subject's own code.
    pub warnings: Vec<String>,
    /// The records of the speed tier.
    pub speed: Vec<SpeedRecord>,
    pub spent: Spent,
}

impl Outcome {
    pub fn not_started() -> Self {
        Self {
            verdict: Verdict::NotStarted,
            warnings: Vec::new(),
            speed: Vec::new(),
            spent: Spent::default(),
        }
    }
}

/// Builds the checks of a package in release mode, for timings; or returns rustc's words.
///
/// The build that checks use is incremental and not optimised, for the sake of fast feedback.
///
/// # Errors
///
/// They cannot be built, for a reason that is not in the subject's code, or have no tests.
pub fn build_release(
    package: Package,
    lesson: &Lesson,
    now: impl FnMut(&str) + Send,
) -> Result<Result<TestBinary, Vec<String>>> {
    let package = Package { release: true, ..package };
    Ok(match cargo::build(&package, now)? {
        Build::Ready { checks, .. } => Ok(test_binary::list_tests(checks, &package, lesson)?),
        Build::Broken { errors } => Err(errors),
    })
}

/// Builds a package's checks and runs the tiers that can fail a lesson; calls `now` with each step.
///
/// # Errors
///
/// The checks cannot be built or started, for a reason that is not in the subject's code.
pub fn judge_package(
    package: &Package,
    lesson: &Lesson,
    mut now: impl FnMut(&str) + Send,
) -> Result<Outcome> {
    let begun = Instant::now();
    let build = cargo::build(package, &mut now)?;
    let mut spent = Spent { building: begun.elapsed().as_secs_f64(), ..Spent::default() };
    let (binary, warnings) = match build {
        Build::Ready { checks, warnings } => (checks, warnings),
        Build::Broken { errors } => {
            let verdict = Verdict::DidNotCompile { errors };
            return Ok(Outcome { verdict, spent, ..Outcome::not_started() });
        }
    };
    now("running the checks");
    let begun = Instant::now();
    let checks = test_binary::list_tests(binary, package, lesson)?;
    let verdict = test_binary::judge(&checks)?;
    spent.checking = begun.elapsed().as_secs_f64();
    Ok(Outcome { verdict, warnings, spent, speed: Vec::new() })
}
