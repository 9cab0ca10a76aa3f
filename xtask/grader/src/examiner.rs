//! The side that knows what is right: the model's own program, which the grader trusts.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use xtask_core::process::JsonChild;
use xtask_core::test_binary;

/// The test that answers questions, in the test program that the grader builds.
pub const DOOR: &str = "unseen";

/// The examiner is trusted to answer; one that does not by then is broken.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running examiner of one lesson.
pub struct Examiner {
    conversation: JsonChild,
    pub questions: Vec<Listed>,
    /// Whether submissions of this lesson may start processes.
    pub starts_processes: bool,
}

/// A question as the examiner lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub claim: String,
    pub cases: u64,
    /// Whether its work is to be seen to overlap, from outside.
    pub overlaps: bool,
    /// Whether its threads then wait for each other, so that they are together inside.
    pub in_company: bool,
}

impl Examiner {
    /// Starts the examiner in a test program that was built from the model.
    ///
    /// # Errors
    ///
    /// It cannot be started, or lists no question.
    pub fn start(program: &Path) -> Result<Self> {
        let mut command = Command::new(program);
        command
            .args(test_binary::arguments_for_one(DOOR))
            .env("RUST_BACKTRACE", "0");
        let mut conversation = JsonChild::with(&mut command, "the examiner")?;
        let told: Value = conversation.ask(&json!({ "questions": true }), PATIENCE)?;
        let questions = listed(&told).context("the examiner lists no question")?;
        Ok(Self {
            conversation,
            questions,
            starts_processes: told["starts_processes"] == true,
        })
    }

    /// What is wrong with an answer; `None` if it is right.
    ///
    /// # Errors
    ///
    /// The examiner does not judge.
    pub fn judge(&mut self, question: usize, seed: u64, answer: &Value) -> Result<Option<Wrong>> {
        let request = json!({ "judge": question, "seed": seed, "answer": answer });
        let told: Value = self.conversation.ask(&request, PATIENCE)?;
        let fault = told.get("fault").context("the examiner did not judge")?;
        let words = |which: &str| fault[which].as_str().unwrap_or_default().to_owned();
        Ok((!fault.is_null()).then(|| Wrong {
            seen: words("seen"),
            expected: words("expected"),
            apart: told["apart"] == true,
        }))
    }
}

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub seen: String,
    pub expected: String,
    /// The value is right; the work did not overlap.
    pub apart: bool,
}

/// `None` if there is none.
fn listed(told: &Value) -> Option<Vec<Listed>> {
    let listed = told["questions"].as_array()?.iter().map(|question| {
        Some(Listed {
            claim: question["claim"].as_str()?.to_owned(),
            cases: question["cases"].as_u64()?,
            overlaps: question["overlaps"] == true,
            in_company: question["in_company"] == true,
        })
    });
    let listed: Vec<_> = listed.collect::<Option<_>>()?;
    (!listed.is_empty()).then_some(listed)
}
