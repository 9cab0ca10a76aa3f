//! What is known of one submission: a line of the journal, a row of the table, a page of feedback.

use serde::{Deserialize, Serialize};

/// What is kept of a record's texts: enough to see what is wrong, and at most some 60 KiB in all, so that the records
/// of a large class fit into memory for the table at the end.
const ENTRIES_KEPT: usize = 10;
const LINE_KEPT: usize = 500;
const TEXT_KEPT: usize = 2 * 1024;

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
    #[serde(rename = "complaints")]
    pub failed_claims: Vec<FailedClaim>,
    /// Rustc's own words, if it did not compile.
    pub errors: Vec<String>,
    /// What the student's code printed, cut.
    pub output: String,
    /// From which the unseen cases were drawn; `--seed` repeats them.
    pub seed: Option<u64>,
    /// Of the submission as it was taken in: file names and contents. A record is reused while it is the same.
    pub fingerprint: Option<String>,
    /// Of the code without its formatting: equal for submissions that rustfmt makes equal.
    #[serde(rename = "likeness")]
    pub token_fingerprint: Option<String>,
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
pub struct FailedClaim {
    /// The claim, in words: `chunks cover every sample once`.
    pub claim: String,
    /// What was seen instead, with the case.
    pub seen: String,
    /// Empty where `seen` says it all.
    pub expected: String,
    /// Whether it comes from an unseen case: then only the claim is for the student's eyes.
    pub unseen: bool,
}

impl Record {
    /// A record of which nothing but the outcome is known.
    pub fn new(student: &str, lesson: Option<&str>, outcome: Outcome, reason: &str) -> Self {
        Self {
            student: student.to_owned(),
            lesson: lesson.map(str::to_owned),
            outcome,
            reason: reason.to_owned(),
            flags: Vec::new(),
            failed_claims: Vec::new(),
            errors: Vec::new(),
            output: String::new(),
            seed: None,
            fingerprint: None,
            token_fingerprint: None,
            compiling_s: 0.0,
            testing_s: 0.0,
        }
    }

    /// The record with its texts cut to what is kept of them.
    pub fn bounded(mut self) -> Self {
        self.reason = kept(self.reason, LINE_KEPT);
        for (texts, bytes) in [(&mut self.flags, LINE_KEPT), (&mut self.errors, TEXT_KEPT)] {
            let more = texts.len().saturating_sub(ENTRIES_KEPT);
            texts.truncate(ENTRIES_KEPT);
            texts
                .iter_mut()
                .for_each(|text| *text = kept(std::mem::take(text), bytes));
            if more > 0 {
                texts.push(format!("and {more} more"));
            }
        }
        self.failed_claims.truncate(ENTRIES_KEPT);
        for complaint in &mut self.failed_claims {
            for (text, bytes) in [
                (&mut complaint.claim, LINE_KEPT),
                (&mut complaint.seen, TEXT_KEPT),
                (&mut complaint.expected, TEXT_KEPT),
            ] {
                *text = kept(std::mem::take(text), bytes);
            }
        }
        self.output = kept(self.output, TEXT_KEPT);
        self
    }
}

/// The beginning of a text, at most this many bytes of it, and a mark that there was more.
fn kept(mut text: String, bytes: usize) -> String {
    if text.len() > bytes {
        let end = (0..=bytes).rev().find(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or_default());
        text.push_str(" […]");
    }
    text
}

impl Outcome {
    /// In the order of the table's legend.
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

    pub fn passed(self) -> bool {
        self == Self::Passed
    }

    /// For people: `wrong on unseen`.
    pub fn words(self) -> &'static str {
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

    /// For programs, as in every document: `wrong-on-unseen`.
    pub fn word(self) -> String {
        self.words().replace(' ', "-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_much_a_submission_says_its_record_stays_small() {
        let long = "é".repeat(10_000);
        let mut record = Record::new("ann", None, Outcome::Failed, &long);
        record.flags = vec![long.clone(); 100];
        record.errors = vec![long.clone(); 100];
        record.output = long.clone();
        let complaint = FailedClaim {
            claim: long.clone(),
            seen: long.clone(),
            expected: long,
            unseen: true,
        };
        record.failed_claims = vec![complaint; 100];
        let bounded = record.bounded();
        let size = serde_json::to_vec(&bounded).unwrap().len();
        assert!(size < 80 * 1024, "{size} bytes");
        assert!(bounded.output.ends_with("é […]"));
        assert_eq!(bounded.flags.last().unwrap(), "and 90 more");
        assert_eq!(bounded.clone().bounded().output, bounded.output);
    }

    #[test]
    fn a_record_of_usual_size_is_kept_as_it_is() {
        let mut record = Record::new(
            "ann",
            Some("02-chunked-integration"),
            Outcome::DidNotCompile,
            "it does not compile",
        );
        record.errors = vec!["error[E0308]: mismatched types".to_owned()];
        record.seed = Some(u64::MAX);
        assert_eq!(record.clone().bounded(), record);
    }

    #[test]
    fn an_outcome_is_called_the_same_in_every_document() {
        for outcome in Outcome::ALL {
            let serialized = serde_json::to_value(outcome).unwrap();
            assert_eq!(serialized, outcome.word());
        }
    }

    #[test]
    fn the_legend_has_every_outcome_once_and_in_order() {
        assert!(Outcome::ALL.is_sorted());
        // The last of the enumeration: with it, as many as there are.
        assert_eq!(Outcome::NotGraded as usize + 1, Outcome::ALL.len());
    }
}
