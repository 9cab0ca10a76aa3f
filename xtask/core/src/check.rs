//! From a package to the outcome of a check: its checks are built, run and judged.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use measure::protocol::SpeedRecord;

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

/// Where the time went.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    pub building: Duration,
    pub checking: Duration,
    pub measuring: Duration,
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

/// Builds the checks of a package that passed in release mode, for timings.
///
/// The build that checks use is incremental, for the sake of fast feedback. It inlines less, and a loop that depends on
/// that can take half as long again.
///
/// # Errors
///
/// They cannot be built, or have no tests.
pub fn build_release(
    package: &Package,
    lesson: &Lesson,
    now: impl FnMut(&str) + Send,
) -> Result<TestBinary> {
    let package = Package { release: true, ..package.clone() };
    match cargo::build(&package, now)? {
        Build::Ready { checks, .. } => test_binary::list_tests(checks, &package, lesson),
        Build::Broken { errors } => {
            bail!("what passed does not compile as for a release:\n{}", errors.join("\n"))
        }
    }
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
    let mut spent = Spent { building: begun.elapsed(), ..Spent::default() };
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
    spent.checking = begun.elapsed();
    Ok(Outcome { verdict, warnings, spent, speed: Vec::new() })
}
