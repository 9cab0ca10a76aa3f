//! The record of one graded submission: a line of the journal, a row of the table, a page of feedback.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

use crate::sanitize;

/// The limits of a record's texts: entries of a list, bytes of a line, bytes of a text. They are enough to see what is wrong,
/// and bound a record to about 60 KiB, so that those of a large class fit into memory.
const MAX_ENTRIES: usize = 10;
const MAX_LINE: usize = 500;
const MAX_TEXT: usize = 2 * 1024;

/// One student's submission for one lesson, graded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The name of the student's folder, as [`sanitize::name`] shows it.
    pub student: String,
    /// `02-chunked-integration`; `None` if the student's folder holds no lesson.
    pub lesson: Option<String>,
    pub outcome: Outcome,
    /// The reason for the outcome, in one line that the student may read.
    pub reason: String,
    /// Lines for the instructor that do not affect the outcome.
    pub flags: Vec<String>,
    /// The claims that do not hold, the most basic first.
    #[serde(rename = "complaints")]
    pub failed_claims: Vec<FailedClaim>,
    /// The errors of rustc, if the submission did not compile.
    pub errors: Vec<String>,
    /// The seed of the unseen cases, for `--seed`.
    pub seed: Option<u64>,
    /// The fingerprint of the files' names and contents. The record is reused as long as it is the same.
    pub fingerprint: Option<String>,
    /// The fingerprint of the code without formatting: equal for submissions that rustfmt makes equal.
    #[serde(rename = "likeness")]
    pub token_fingerprint: Option<String>,
    /// Wall time in seconds.
    pub compiling_s: f64,
    /// Wall time in seconds, without compiling.
    pub testing_s: f64,
}

/// The outcome of grading a submission, in the order of the table's summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The course's checks and the unseen cases hold, and the work overlapped, as observed from outside.
    Passed,
    /// A check of the course does not hold, as the student sees with `cargo xtask check`.
    Failed,
    /// The course's checks hold, unseen cases do not.
    WrongOnUnseen,
    /// The work did not overlap, as observed from outside.
    DidNotOverlap,
    DidNotCompile,
    /// The submission is the skeleton.
    NotStarted,
    /// Compiling or running exceeded a time limit.
    DidNotFinish,
    /// The submission ended its process before it had answered.
    EndedEarly,
    /// A signal ended the process.
    Crashed,
    StackOverflow,
    OutOfMemory,
    /// The output exceeded its limit.
    Flooded,
    /// The submission made a system call that no submission of this lesson needs.
    Forbidden,
    /// An answer did not carry the token of its request.
    Forged,
    /// The intake refused the files: a link, too large, unreadable, not UTF-8, no code.
    Refused,
    /// The grader failed. This is not the submission's fault: grade it again.
    NotGraded,
}

/// A claim that does not hold. `Display` shows it in several lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedClaim {
    /// The claim, in words: `chunks cover every sample once`.
    pub claim: String,
    /// What was seen instead, with the case.
    pub seen: String,
    /// What was expected, or empty if `seen` implies it.
    pub expected: String,
    /// Whether it failed on an unseen case: then the student may read the claim only.
    pub unseen: bool,
}

impl Display for FailedClaim {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.claim)?;
        if self.unseen {
            f.write_str("\n(on an unseen case, which the course's checks do not show)")?;
        }
        for (label, text) in [("seen", &self.seen), ("expected", &self.expected)] {
            if !text.is_empty() {
                write!(f, "\n{label}: {text}")?;
            }
        }
        Ok(())
    }
}

impl Record {
    /// A record with an outcome and nothing else.
    pub fn new(student: &str, lesson: Option<&str>, outcome: Outcome, reason: &str) -> Self {
        Self {
            student: student.to_owned(),
            lesson: lesson.map(str::to_owned),
            outcome,
            reason: reason.to_owned(),
            flags: Vec::new(),
            failed_claims: Vec::new(),
            errors: Vec::new(),
            seed: None,
            fingerprint: None,
            token_fingerprint: None,
            compiling_s: 0.0,
            testing_s: 0.0,
        }
    }

    /// The record with its texts truncated to their limits.
    pub fn truncate(mut self) -> Self {
        truncate(&mut self.reason, MAX_LINE);
        for (texts, bytes) in [(&mut self.flags, MAX_LINE), (&mut self.errors, MAX_TEXT)] {
            let more = texts.len().saturating_sub(MAX_ENTRIES);
            texts.truncate(MAX_ENTRIES);
            texts.iter_mut().for_each(|text| truncate(text, bytes));
            if more > 0 {
                texts.push(format!("and {more} more"));
            }
        }
        self.failed_claims.truncate(MAX_ENTRIES);
        for failed in &mut self.failed_claims {
            truncate(&mut failed.claim, MAX_LINE);
            truncate(&mut failed.seen, MAX_TEXT);
            truncate(&mut failed.expected, MAX_TEXT);
        }
        self
    }

    /// The number of the lesson, as a command takes it: `02`. Empty without a lesson.
    pub fn lesson_number(&self) -> &str {
        let lesson = self.lesson.as_deref().unwrap_or_default();
        lesson.split('-').next().unwrap_or_default()
    }
}

/// Truncates a text to this many bytes, and marks that there was more.
fn truncate(text: &mut String, bytes: usize) {
    if text.len() > bytes {
        text.truncate(sanitize::beginning(text, bytes).len());
        text.push_str(" […]");
    }
}

impl Outcome {
    /// All outcomes, in order.
    pub const ALL: [Self; 16] = [
        Self::Passed,
        Self::Failed,
        Self::WrongOnUnseen,
        Self::DidNotOverlap,
        Self::DidNotCompile,
        Self::NotStarted,
        Self::DidNotFinish,
        Self::EndedEarly,
        Self::Crashed,
        Self::StackOverflow,
        Self::OutOfMemory,
        Self::Flooded,
        Self::Forbidden,
        Self::Forged,
        Self::Refused,
        Self::NotGraded,
    ];

    /// The label for people: `wrong on unseen`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::WrongOnUnseen => "wrong on unseen",
            Self::DidNotOverlap => "did not overlap",
            Self::DidNotCompile => "did not compile",
            Self::NotStarted => "not started",
            Self::DidNotFinish => "did not finish",
            Self::EndedEarly => "ended early",
            Self::Crashed => "crashed",
            Self::StackOverflow => "stack overflow",
            Self::OutOfMemory => "out of memory",
            Self::Flooded => "flooded",
            Self::Forbidden => "forbidden",
            Self::Forged => "forged",
            Self::Refused => "refused",
            Self::NotGraded => "not graded",
        }
    }

    /// The identifier in every document: `wrong-on-unseen`.
    pub fn id(self) -> String {
        self.label().replace(' ', "-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_truncated_record_is_small() {
        let long = "é".repeat(10_000);
        let mut record = Record::new("ann", None, Outcome::Failed, &long);
        record.flags = vec![long.clone(); 100];
        record.errors = vec![long.clone(); 100];
        let failed =
            FailedClaim { claim: long.clone(), seen: long.clone(), expected: long, unseen: true };
        record.failed_claims = vec![failed; 100];
        let truncated = record.truncate();
        let size = serde_json::to_vec(&truncated).unwrap().len();
        assert!(size < 80 * 1024, "{size} bytes");
        assert!(truncated.reason.ends_with("é […]"));
        assert_eq!(truncated.flags.last().unwrap(), "and 90 more");
        assert_eq!(truncated.clone().truncate().reason, truncated.reason);
    }

    #[test]
    fn a_record_of_usual_size_is_not_truncated() {
        let mut record = Record::new("ann", Some("02-a"), Outcome::DidNotCompile, "an error");
        record.errors = vec!["error[E0308]: mismatched types".to_owned()];
        record.seed = Some(u64::MAX);
        assert_eq!(record.clone().truncate(), record);
    }

    #[test]
    fn all_holds_every_outcome_once_in_order_with_its_identifier() {
        for outcome in Outcome::ALL {
            let serialized = serde_json::to_value(outcome).unwrap();
            assert_eq!(serialized, outcome.id());
        }
        assert!(Outcome::ALL.is_sorted());
        // `NotGraded` is the last variant.
        assert_eq!(Outcome::NotGraded as usize + 1, Outcome::ALL.len());
    }
}
