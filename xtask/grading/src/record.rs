//! What is known of one submission: a line of the journal, a row of the table, a page of feedback.

use serde::{Deserialize, Serialize};

/// One student's submission for one lesson, graded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The name of the student's folder, fit to be shown: see `intake`.
    pub student: String,
    /// `02-chunked-integration`; `None` where nothing of a lesson was found in the student's folder.
    pub lesson: Option<String>,
    pub outcome: Outcome,
    /// Why, in one line of plain words that a student may read.
    pub reason: String,
    /// What the instructor should look at, each in one line; it changes no outcome.
    pub flags: Vec<String>,
    /// What does not hold, first things first.
    pub complaints: Vec<Complaint>,
    /// Rustc's own words, if it did not compile.
    pub errors: Vec<String>,
    /// What the student's code printed, cut.
    pub output: String,
    /// From which the unseen cases were drawn; `--seed` repeats them.
    pub seed: Option<u64>,
    /// Of the submission as it was taken in: file names and contents. A record is reused while it is the same.
    pub fingerprint: Option<String>,
    /// Of the code without its formatting: equal for submissions that rustfmt makes equal.
    pub likeness: Option<String>,
    /// Seconds of wall time; compiling is not testing.
    pub compiling_s: f64,
    pub testing_s: f64,
}

/// How a submission fared. The order is that of the table's legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Right on the course's checks and on unseen cases, and seen to overlap from outside.
    Passed,
    /// One of the course's own checks does not hold: the student sees the same with `cargo xtask check`.
    Failed,
    /// The course's checks hold, unseen cases do not.
    WrongOnUnseen,
    /// Seen from outside, the work did not overlap.
    DidNotOverlap,
    DidNotCompile,
    /// The skeleton, unchanged.
    NotStarted,
    /// It did not end in time, compiling or running.
    DidNotFinish,
    /// It ended its process before it had answered.
    EndedEarly,
    /// It died of a signal.
    Crashed,
    StackOverflow,
    OutOfMemory,
    /// It printed more than is read.
    Flooded,
    /// It asked the system for what no submission of this lesson needs.
    Forbidden,
    /// It answered what it was not asked.
    Forged,
    /// It was not taken in: a link, too large, unreadable, not UTF-8, no code.
    Refused,
    /// An accident on the grader's side. The submission is not to blame; grade it again.
    NotGraded,
}

/// A claim that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// The claim, in words: `chunks cover every sample once`.
    pub claim: String,
    /// What was seen instead, with the case.
    pub seen: String,
    /// Empty where `seen` says it all.
    pub expected: String,
    /// Whether it comes from an unseen case: then only the claim is for the student's eyes.
    pub unseen: bool,
}

impl Outcome {
    pub fn passed(self) -> bool {
        self == Self::Passed
    }
}
