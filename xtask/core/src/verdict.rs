//! From what was observed to a verdict: pure, and the only place where that is decided.

mod output;

use std::fmt::{self, Display};
use std::time::Duration;

pub use measure::protocol::Tier;
use measure::protocol::{FailureWord, VerdictWord};
pub use output::panics;
use output::{panicking_case, student_output};

use crate::process::{Limits, Output, Termination};

/// One test of a lesson's checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    pub tier: Tier,
    /// The whole path, as the test binary knows it.
    pub path: String,
}

impl Test {
    /// The test of a path that has a tier in it: `correct::…`, or `check::correct::…` in a solution.
    pub fn at(path: &str) -> Option<Self> {
        let tier = Tier::ALL
            .iter()
            .copied()
            .find(|tier| path.split("::").any(|part| part == tier.word()))?;
        Some(Self { tier, path: path.to_owned() })
    }

    /// The function's own name, which is a claim.
    pub fn name(&self) -> &str {
        self.path.rsplit("::").next().unwrap_or(&self.path)
    }
}

/// A test that was run, and what came of it.
#[derive(Clone, Debug)]
pub struct Observation {
    pub test: Test,
    pub output: Output,
    /// What it was run within.
    pub limits: Limits,
}

impl Observation {
    pub fn has_passed(&self) -> bool {
        failure_of(&self.output, self.limits).is_none()
    }
}

/// The verdict on the code under test.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It is the skeleton still.
    NotStarted,
    /// Rustc's own words, first errors first.
    DidNotCompile { errors: Vec<String> },
    /// The tiers that were reached, in order. A tier is reached when those before it hold.
    Tiers(Vec<TierResult>),
}

/// One tier's outcome.
#[derive(Clone, Debug)]
pub struct TierResult {
    pub tier: Tier,
    /// How many tests the tier has.
    pub tests: usize,
    pub failures: Vec<Failure>,
    /// What the student's code printed, by test.
    pub printed: Vec<(Test, String)>,
}

/// One test that does not hold, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub test: Test,
    pub kind: FailureKind,
    /// `file:line` of the check that failed, or of the student's line that panicked.
    pub place: Option<String>,
}

/// Why a test does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// A check saw something else than it expected.
    Unexpected { seen: String, expected: String },
    /// A `todo!` was reached.
    NotWritten { what: String },
    /// Any other panic.
    Panicked { message: String },
    /// A stack overflowed.
    StackOverflow,
    /// The process ended with this status before the test did.
    EndedEarly { status: i32 },
    /// The process died of this signal.
    Killed { signal: i32 },
    /// It was still running after this long.
    DidNotFinish { deadline: Duration },
    /// It printed more than this many bytes.
    Flooded { limit: usize },
    /// An earlier test did not finish, so this one was not run.
    NotRun,
}

impl Verdict {
    /// The verdict on a set of tests, of which those in `observed` were run.
    ///
    /// A test that was not run has not passed, and a tier counts only when every tier before it holds.
    pub fn of(tests: &[Test], observed: &[Observation]) -> Self {
        let mut reached = Vec::new();
        for tier in [Tier::Correct, Tier::Concurrent] {
            let tier = TierResult::of(tier, tests, observed);
            let holds = tier.failures.is_empty();
            reached.push(tier);
            if !holds {
                break;
            }
        }
        Self::Tiers(reached)
    }

    /// Whether the lesson is done: both tiers that can fail it were reached and hold.
    pub fn has_passed(&self) -> bool {
        self.holds(Tier::Correct) && self.holds(Tier::Concurrent)
    }

    pub fn is_not_started(&self) -> bool {
        matches!(self, Self::NotStarted)
    }

    /// The tiers that were reached, in order.
    pub fn tiers(&self) -> &[TierResult] {
        match self {
            Self::Tiers(tiers) => tiers,
            Self::NotStarted | Self::DidNotCompile { .. } => &[],
        }
    }

    /// Whether a tier was reached, and all of it holds.
    pub fn holds(&self, tier: Tier) -> bool {
        self.tiers().iter().any(|reached| reached.tier == tier && reached.failures.is_empty())
    }

    /// Why a run of one test within these limits did not pass; `None` if it passed.
    pub fn failure_kind(output: &Output, limits: Limits) -> Option<FailureKind> {
        failure_of(output, limits).map(|(kind, _)| kind)
    }

    /// The same verdict, on a build whose failures say that it is another one than the student knows.
    pub fn in_release_build(mut self) -> Self {
        if let Self::Tiers(tiers) = &mut self {
            for failure in tiers.iter_mut().flat_map(|tier| &mut tier.failures) {
                failure.kind.put_before("built for a release, ");
            }
        }
        self
    }

    /// The failure to look at first.
    pub fn first_failure(&self) -> Option<&Failure> {
        self.tiers().iter().find_map(|tier| tier.failures.first())
    }

    /// All that a student reads about the first thing that is wrong, in one text.
    pub fn summary(&self) -> String {
        match self {
            Self::NotStarted => "not started".to_owned(),
            Self::DidNotCompile { errors } => {
                anstream::adapter::strip_str(&errors.concat()).to_string()
            }
            Self::Tiers(_) => self.first_failure().map_or_else(String::new, |failure| {
                let expected = failure.kind.expectation().unwrap_or_default();
                format!("{}: {} / {expected}", failure.test.path, failure.kind)
            }),
        }
    }

    /// The word for it in JSON.
    pub fn word(&self) -> VerdictWord {
        match self {
            Self::NotStarted => VerdictWord::NotStarted,
            Self::DidNotCompile { .. } => VerdictWord::DidNotCompile,
            Self::Tiers(_) if self.has_passed() => VerdictWord::Passed,
            Self::Tiers(_) => VerdictWord::Failed,
        }
    }
}

impl TierResult {
    fn of(tier: Tier, tests: &[Test], observed: &[Observation]) -> Self {
        let of_tier = || tests.iter().filter(|test| test.tier == tier);
        let (mut failures, mut printed) = (Vec::new(), Vec::new());
        for test in of_tier() {
            let Some(Observation { output, limits, .. }) =
                observed.iter().find(|observed| observed.test == *test)
            else {
                failures.push(Failure {
                    test: test.clone(),
                    kind: FailureKind::NotRun,
                    place: None,
                });
                continue;
            };
            if let Some((kind, place)) = failure_of(output, *limits) {
                failures.push(Failure { test: test.clone(), kind, place });
            }
            let text = student_output(test, output);
            if !text.is_empty() {
                printed.push((test.clone(), text));
            }
        }
        // What failed by itself comes before what was not run because of it.
        failures.sort_by_key(|failure| failure.kind == FailureKind::NotRun);
        Self { tier, tests: of_tier().count(), failures, printed }
    }
}

/// The closing line of a test binary that ran one test, and it passed.
const ONE_PASSED: &str = "test result: ok. 1 passed; 0 failed;";

/// Why a run of one test did not pass, and where; `None` if it passed.
///
/// It is a pass only if the process ended by itself, with status 0, *and* the test binary reported its one test.
fn failure_of(output: &Output, limits: Limits) -> Option<(FailureKind, Option<String>)> {
    let reported =
        |closing: &str| output.stdout.lines().rev().take(3).any(|line| line.starts_with(closing));
    let panic = panics(&output.stderr).into_iter().next();
    let kind = match (output.termination, &panic) {
        (Termination::Exit(0), _) if reported(ONE_PASSED) => return None,
        (Termination::Deadline, _) => FailureKind::DidNotFinish { deadline: limits.deadline },
        (Termination::Flood, _) => FailureKind::Flooded { limit: limits.output },
        _ if output.stderr.contains("has overflowed its stack") => FailureKind::StackOverflow,
        (Termination::Exit(status), _) if !reported("test result: ") => {
            FailureKind::EndedEarly { status }
        }
        (_, Some(panic)) => panic.kind().in_case(panicking_case(&output.stderr)),
        (Termination::Signal(signal), None) => FailureKind::Killed { signal },
        (Termination::Exit(status), None) => FailureKind::EndedEarly { status },
    };
    let place = match kind {
        FailureKind::Unexpected { .. }
        | FailureKind::NotWritten { .. }
        | FailureKind::Panicked { .. } => panic.map(|panic| panic.place),
        _ => None,
    };
    Some((kind, place))
}

impl Display for FailureKind {
    /// What was seen, in the student's terms.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unexpected { seen, .. } => write!(f, "{seen}"),
            Self::NotWritten { what } => write!(f, "not written yet: {what}"),
            Self::Panicked { message } => write!(f, "the code panicked: {message}"),
            Self::StackOverflow => {
                write!(f, "the stack overflowed: a recursion that does not end?")
            }
            Self::EndedEarly { status } => {
                write!(
                    f,
                    "the program ended itself with status {status} before the test did: a call of `exit`?"
                )
            }
            Self::Killed { signal } => write!(f, "the program was ended by signal {signal}"),
            Self::DidNotFinish { deadline } => {
                let limit = deadline.as_secs();
                write!(
                    f,
                    "it did not finish in {limit} s: a loop without an end, or two threads waiting for each other?"
                )
            }
            Self::Flooded { limit } => {
                let limit = limit >> 20;
                write!(
                    f,
                    "it printed more than {limit} MiB and was stopped: a `println!` inside a loop?"
                )
            }
            Self::NotRun => write!(f, "not run, since an earlier test did not finish"),
        }
    }
}

impl FailureKind {
    /// A panic of the code, with the case of a claim in which it panicked.
    fn in_case(self, case: Option<&str>) -> Self {
        match (self, case) {
            (Self::Panicked { message }, Some(case)) => {
                Self::Panicked { message: format!("{message} ({case})") }
            }
            (kind, _) => kind,
        }
    }

    /// Puts words before what was seen.
    fn put_before(&mut self, words: &str) {
        match self {
            Self::Unexpected { seen: said, .. } | Self::Panicked { message: said } => {
                said.insert_str(0, words);
            }
            _ => {}
        }
    }

    /// What the first panic on a standard error says of a test; `None` if there is none.
    pub fn of_panic(stderr: &str) -> Option<Self> {
        panics(stderr).first().map(|panic| panic.kind())
    }

    /// The word for it in JSON.
    pub fn word(&self) -> FailureWord {
        match self {
            Self::Unexpected { .. } => FailureWord::Unexpected,
            Self::NotWritten { .. } => FailureWord::NotWritten,
            Self::Panicked { .. } => FailureWord::Panicked,
            Self::StackOverflow => FailureWord::StackOverflow,
            Self::EndedEarly { .. } => FailureWord::EndedEarly,
            Self::Killed { .. } => FailureWord::Killed,
            Self::DidNotFinish { .. } => FailureWord::DidNotFinish,
            Self::Flooded { .. } => FailureWord::Flooded,
            Self::NotRun => FailureWord::NotRun,
        }
    }

    /// What was expected instead, where the fault does not say so by itself.
    pub fn expectation(&self) -> Option<&str> {
        match self {
            Self::Unexpected { expected, .. } => Some(expected),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
