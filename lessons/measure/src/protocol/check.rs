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
}

json_words! {
    /// A verdict on code.
    pub enum VerdictWord {
        /// It is the skeleton still.
        NotStarted = "not-started",
        /// It does not compile.
        DidNotCompile = "did-not-compile",
        /// A test does not hold.
        Failed = "failed",
        /// All tests hold.
        Passed = "passed",
    }
}

json_words! {
    /// Why a test does not hold.
    pub enum FailureWord {
        /// A check saw something else than it expected.
        Unexpected = "unexpected",
        /// A `todo!` was reached.
        NotWritten = "not-written",
        /// Any other panic.
        Panicked = "panicked",
        /// The stack overflowed.
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
    #[derive(Debug, Clone, PartialEq)]
    pub struct CheckDocument {
        /// The version of the document.
        pub schema: u64,
        /// The lesson's name.
        pub lesson: String,
        /// Whose code was checked.
        pub subject: String,
        /// The file that holds it.
        pub code: String,
        /// The verdict.
        pub verdict: VerdictWord,
        /// The compiler's errors.
        pub errors: Vec<String>,
        /// The tiers that were reached.
        pub tiers: Vec<CheckedTier>,
        /// What the speed tier measured, an item for each workload.
        pub speed: Vec<SpeedRecord>,
        /// Where the time went.
        pub seconds: Spent,
    }
}

json_struct! {
    /// A tier that was reached.
    #[derive(Debug, Clone, PartialEq)]
    pub struct CheckedTier {
        /// Which.
        pub tier: Tier,
        /// How many tests it has.
        pub tests: usize,
        /// Those that do not hold.
        pub failures: Vec<FailedTest>,
        /// What the student's code printed.
        pub output: Vec<Printed>,
    }
}

json_struct! {
    /// A test that does not hold.
    #[derive(Debug, Clone, PartialEq)]
    pub struct FailedTest {
        /// Its whole path.
        pub test: String,
        /// Why, in a word.
        pub kind: FailureWord,
        /// What was seen.
        pub seen: String,
        /// What was expected instead.
        pub expected: Option<String>,
        /// `file:line`.
        pub place: Option<String>,
    }
}

json_struct! {
    /// What was printed during a test.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Printed {
        /// The test's whole path.
        pub test: String,
        /// What was printed.
        pub text: String,
    }
}

json_struct! {
    /// Seconds of a check.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct Spent {
        /// Building the checks.
        pub building: f64,
        /// Running those that can fail a lesson.
        pub checking: f64,
        /// Running the speed tier.
        pub measuring: f64,
    }
}

json_words! {
    /// How far a lesson is.
    pub enum LessonState {
        /// The code is the skeleton.
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
    #[derive(Debug, Clone, PartialEq)]
    pub struct ListDocument {
        /// The version of the document.
        pub schema: u64,
        /// Every lesson.
        pub lessons: Vec<LessonRow>,
        /// The number of the lesson to go on with.
        pub next: Option<String>,
    }
}

json_struct! {
    /// A lesson of the list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct LessonRow {
        /// `02`.
        pub number: String,
        /// `chunked-integration`.
        pub slug: String,
        /// `Chunked integration`.
        pub title: String,
        /// How far it is.
        pub state: LessonState,
    }
}

json_words! {
    /// What a finding of `doctor` means.
    pub enum FindingState {
        /// All is well.
        Good = "good",
        /// Something is limited.
        Limited = "limited",
        /// Something does not work.
        Bad = "bad",
    }
}

json_struct! {
    /// The document of `doctor --json`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct DoctorDocument {
        /// The version of the document.
        pub schema: u64,
        /// Whether a student can work here.
        pub ready: bool,
        /// What was looked at, by what it is for.
        pub purposes: Vec<Findings>,
    }
}

json_struct! {
    /// What was found for one purpose.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Findings {
        /// What for.
        pub purpose: String,
        /// What was found.
        pub findings: Vec<Part>,
    }
}

json_struct! {
    /// One thing that was looked at.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Part {
        /// What it is.
        pub part: String,
        /// How it is.
        pub state: FindingState,
        /// What was seen.
        pub seen: String,
        /// What helps.
        pub remedy: Option<String>,
    }
}

json_struct! {
    /// What is remembered of a lesson: the fingerprints of the code and checks of which something was found last.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Remembered {
        /// How many hints were shown.
        pub hints_shown: usize,
        /// The values are right.
        pub correct: OrAbsent<u64>,
        /// All tiers hold that can fail a lesson.
        pub passed: OrAbsent<u64>,
        /// The speed tier was run.
        pub measured: OrAbsent<u64>,
    }
}
