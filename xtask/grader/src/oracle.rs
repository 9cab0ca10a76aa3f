//! The side that knows what is right: a lesson's checks linked with its model, which the grader trusts.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use measure::protocol::claims::{CaseId, ClaimRequest, Description, Judgement, ROLE, Role};
use measure::protocol::from_text;
use xtask_core::process::{JsonChild, NoAnswer, Termination};
use xtask_core::test_binary;
use xtask_core::verdict::Test;

use crate::at_once::lock;

/// The oracle is trusted to reply; a program that does not by then is broken.
const REPLY_LIMIT: Duration = Duration::from_secs(60);

/// Judges the answers of submissions, by a lesson's claims linked with its model.
///
/// Each claim has a process, started when it is first needed, in which it judges one answer after the other.
#[derive(Default)]
pub struct Oracle {
    program: PathBuf,
    judges: Mutex<HashMap<String, JsonChild>>,
}

impl Oracle {
    /// The oracle in a test program that was built from the model.
    pub fn new(program: PathBuf) -> Self {
        Self { program, judges: Mutex::default() }
    }

    /// What the claim of a test is like; `None` if the test is a plain one, which makes no claim.
    ///
    /// # Errors
    ///
    /// The program cannot be started, or the model does not pass a plain test.
    pub fn describe(&self, test: &Test) -> Result<Option<Description>> {
        let mut judge = self.start(test)?;
        match judge.ask_for_text(&ClaimRequest::Describe, REPLY_LIMIT) {
            Ok(reply) => {
                let description =
                    from_text(&reply).with_context(|| format!("`{}`: {reply}", test.path))?;
                lock(&self.judges).insert(test.path.clone(), judge);
                Ok(Some(description))
            }
            Err(NoAnswer::Ended { termination: Termination::Exit(0), .. }) => Ok(None),
            Err(silence) => bail!("the model does not pass `{}`: {silence:?}", test.path),
        }
    }

    /// Whether an answer to a case of a claim is right.
    ///
    /// # Errors
    ///
    /// The program cannot be started, or does not judge.
    pub fn judge(&self, test: &Test, case: CaseId, answer: Vec<u8>) -> Result<Judgement> {
        let known = lock(&self.judges).remove(&test.path);
        let mut judge = match known {
            Some(judge) => judge,
            None => self.start(test)?,
        };
        let judgement = judge.ask(&ClaimRequest::Judge { case, answer }, REPLY_LIMIT);
        let judgement = judgement.with_context(|| format!("`{}`", test.path))?;
        // One that fails is not asked again: it is put back only after its work.
        lock(&self.judges).insert(test.path.clone(), judge);
        Ok(judgement)
    }

    fn start(&self, test: &Test) -> Result<JsonChild> {
        let mut command = Command::new(&self.program);
        command
            .args(test_binary::arguments_for_one(&test.path))
            .env(ROLE, Role::Judge.word())
            .env("RUST_BACKTRACE", "0");
        JsonChild::start(&mut command, "the oracle")
    }
}
