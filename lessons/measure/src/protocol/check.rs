//! The documents of `check`, `list` and `doctor`, and what is remembered of a lesson.

use super::json::{json_struct, json_words};
use super::{OrAbsent, SpeedRecord};

json_words! {
    /// The question that a test answers.
    pub enum Tier {
        /// Is it right?
        Correct = "correct",
        /// Does it run at the same time?
        Concurrent = "concurrent",
        /// Is it faster?
        Speed = "speed",
    }

    /// A verdict on code.
    pub enum VerdictWord {
        /// It is the skeleton still.
        NotStarted = "not-started",
        DidNotCompile = "did-not-compile",
        Failed = "failed",
        /// All tests hold.
        Passed = "passed",
    }

    /// Why a test does not hold.
    pub enum FailureWord {
        /// A check saw something else than it expected.
        Unexpected = "unexpected",
        /// A `todo!` was reached.
        NotWritten = "not-written",
        /// Any other panic.
        Panicked = "panicked",
        StackOverflow = "stack-overflow",
        /// The process ended before the test did.
        EndedEarly = "ended-early",
        /// The process died of a signal.
        Killed = "killed",
        /// The test was still running at its deadline.
        DidNotFinish = "did-not-finish",
        /// It printed too much.
        Flooded = "flooded",
        /// An earlier test did not finish, so this one was not run.
        NotRun = "not-run",
    }
}

json_struct! {
    /// The document of `check --json`.
    pub struct CheckDocument {
        pub schema: u64,
        pub lesson: String,
        pub subject: String,
        /// The file that holds the code.
        pub code: String,
        pub verdict: VerdictWord,
        pub errors: Vec<String>,
        /// The tiers that were reached.
        pub tiers: Vec<CheckedTier>,
        /// What the speed tier measured, an item for each workload.
        pub speed: Vec<SpeedRecord>,
        /// Where the time went.
        pub seconds: Spent,
    }

    /// A tier that was reached.
    pub struct CheckedTier {
        pub tier: Tier,
        pub tests: usize,
        /// Those that do not hold.
        pub failures: Vec<FailedTest>,
        /// What the student's code printed.
        pub output: Vec<Printed>,
    }

    /// A test that does not hold.
    pub struct FailedTest {
        /// Its whole path.
        pub test: String,
        pub kind: FailureWord,
        pub seen: String,
        /// What was expected instead.
        pub expected: Option<String>,
        /// `file:line`.
        pub place: Option<String>,
    }

    /// What was printed during a test.
    pub struct Printed {
        pub test: String,
        pub text: String,
    }

    /// Seconds of a check.
    #[derive(Copy, Default)]
    pub struct Spent {
        pub building: f64,
        /// Running the tests that can fail a lesson.
        pub checking: f64,
        pub measuring: f64,
    }
}

json_words! {
    /// How far a lesson is.
    pub enum LessonState {
        NotStarted = "not started",
        /// The code is neither the skeleton nor anything that is known.
        InWork = "in work",
        /// The values are right; the work does not overlap as asked, or that has not been checked yet.
        Correct = "correct",
        /// The code passed; how fast it is has not been measured.
        Concurrent = "concurrent",
        /// The code passed and was measured, with any result.
        Done = "done",
        /// Other code passed, or this code did on other checks.
        Changed = "changed since",
    }
}

impl LessonState {
    /// Whether the lesson may be left: the speed tier fails no code.
    pub fn has_passed(self) -> bool {
        matches!(self, Self::Concurrent | Self::Done)
    }
}

json_struct! {
    /// The document of `list --json`.
    pub struct ListDocument {
        pub schema: u64,
        pub lessons: Vec<LessonRow>,
        pub next: Option<String>,
    }

    /// A lesson of the list.
    pub struct LessonRow {
        pub number: String,
        /// `chunked-integration`.
        pub slug: String,
        pub title: String,
        pub state: LessonState,
    }
}

json_words! {
    /// What a finding of `doctor` means.
    pub enum FindingState {
        Good = "good",
        Limited = "limited",
        Bad = "bad",
    }
}

json_struct! {
    /// The document of `doctor --json`.
    pub struct DoctorDocument {
        pub schema: u64,
        /// Whether a student can work here.
        pub ready: bool,
        /// What was looked at, by what it is for.
        pub purposes: Vec<Purpose>,
    }

    /// What a user wants to do on a machine, and the findings about what it needs.
    pub struct Purpose {
        /// `to work`.
        pub purpose: String,
        pub findings: Vec<Finding>,
    }

    /// What was found out about one part of a machine.
    pub struct Finding {
        /// `disk space`.
        pub part: String,
        pub state: FindingState,
        pub seen: String,
        pub remedy: Option<String>,
    }
}

impl Finding {
    /// A part with which all is well.
    pub fn good(part: &str, seen: impl Into<String>) -> Self {
        Self { part: part.to_owned(), state: FindingState::Good, seen: seen.into(), remedy: None }
    }

    /// A part that limits what can be done, and what helps.
    pub fn limited(part: &str, seen: impl Into<String>, remedy: impl Into<String>) -> Self {
        let remedy = Some(remedy.into());
        Self { state: FindingState::Limited, remedy, ..Self::good(part, seen) }
    }

    /// A part without which it cannot be done, and what helps.
    pub fn bad(part: &str, seen: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { state: FindingState::Bad, ..Self::limited(part, seen, remedy) }
    }
}

json_struct! {
    /// What is remembered of a lesson: the fingerprints of the code and checks of which something was found last.
    #[derive(Default)]
    pub struct Remembered {
        pub hints_shown: usize,
        /// The values are right.
        pub correct: OrAbsent<u64>,
        /// All tiers hold that can fail a lesson.
        pub passed: OrAbsent<u64>,
        /// The speed tier was run.
        pub measured: OrAbsent<u64>,
    }
}
