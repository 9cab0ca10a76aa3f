//! A submission that has been compiled: its program is run in the sandbox, on the course's checks and on unseen cases.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use xtask_core::process::{JsonChild, NoAnswer, Output, Termination};
use xtask_core::test_binary::{self, LIMITS};
use xtask_core::verdict::{Test, Verdict};

use crate::examiner::{DOOR, Examiner};
use crate::ground::Ground;
use crate::sandbox::Policy;
use crate::sitting::{End, Sitting, sit};
use crate::stop_reason::{FORBIDDEN, StopReason};
use crate::weighing::Observed;

/// A compiled submission.
pub struct Candidate<'a> {
    pub ground: &'a Ground<'a>,
    pub program: PathBuf,
}

impl Candidate<'_> {
    /// What it does on the course's checks and, if those hold, on the cases that follow from `seed`.
    ///
    /// # Errors
    ///
    /// Its program or the examiner cannot be run.
    pub fn observed(&self, examiner: &mut Examiner, seed: u64) -> Result<Observed> {
        if let Some((verdict, stop)) = self.fails_checks()? {
            return Ok(Observed::ChecksDoNotHold { verdict, stop });
        }
        let (sitting, stop) = self.sits(examiner, seed)?;
        Ok(Observed::Sat {
            sitting,
            stop,
            models_cpu_ns: self.ground.models_cpu_ns.get().cloned().unwrap_or_default(),
        })
    }

    /// The course's own checks, each in a process of its own as for a student: `None` if they hold. What the program says of itself here is advice: it can fail a submission,
    /// and never pass it.
    ///
    /// # Errors
    ///
    /// Its program cannot be run.
    pub fn fails_checks(&self) -> Result<Option<(Verdict, Option<StopReason>)>> {
        let stopped: Mutex<Option<(Test, StopReason)>> = Mutex::new(None);
        // One at a time: other submissions are graded beside this one.
        let verdict = test_binary::judge_by(&self.ground.tests, 1, |test| {
            let ran = self.run(&arguments_for_one(&test.path), self.ground.policy())?;
            let mut stopped = stopped.lock().unwrap_or_else(PoisonError::into_inner);
            let fault = Verdict::failure_kind(&ran, LIMITS);
            let stop = fault.and_then(|fault| StopReason::of_failure(&fault, &ran.stderr));
            if let (Some(stop), None) = (stop, &*stopped) {
                *stopped = Some((test.clone(), stop));
            }
            Ok(ran)
        })?;
        if verdict.has_passed() {
            return Ok(None);
        }
        let stopped = stopped.into_inner().unwrap_or_else(PoisonError::into_inner);
        let first = verdict.first_failure().map(|failure| &failure.test);
        let stop = match stopped.filter(|(test, _)| Some(test) == first) {
            Some((test, stop)) => Some(self.named(stop, |policy| {
                let ran = self.run(&arguments_for_one(&test.path), policy)?;
                Ok(ran.termination)
            })?),
            None => None,
        };
        Ok(Some((verdict, stop)))
    }

    /// The unseen cases that follow from `seed`.
    ///
    /// # Errors
    ///
    /// Its program or the examiner cannot be run.
    pub fn sits(
        &self,
        examiner: &mut Examiner,
        seed: u64,
    ) -> Result<(Sitting, Option<StopReason>)> {
        let sitting = self.sitting(examiner, seed, self.ground.policy())?;
        let stop = match self.stopped(&sitting.end)? {
            Some((Termination::Exit(PANICKED), _)) | None => None,
            Some((termination, last_words)) => Some(self.named(
                StopReason::of(termination, &last_words),
                |policy| {
                    let again = self.sitting(examiner, seed, policy)?;
                    let stopped = self.stopped(&again.end)?;
                    Ok(stopped.map_or(Termination::Exit(0), |(termination, _)| termination))
                },
            )?),
        };
        Ok((sitting, stop))
    }

    fn sitting(&self, examiner: &mut Examiner, seed: u64, policy: Policy) -> Result<Sitting> {
        let job = self
            .ground
            .job(&self.program, &arguments_for_one(DOOR), policy);
        let sandbox = self.ground.sandbox;
        let mut command = sandbox.command(&job);
        let candidate =
            JsonChild::with_output_limit(&mut command, "the submission", LIMITS.output)?;
        sit(candidate, sandbox.process_depth(), examiner, seed)
    }

    /// How the process ended, if that is how the sitting ended, and its last words.
    fn stopped(&self, end: &End) -> Result<Option<(Termination, String)>> {
        let (termination, last_words) = match end {
            End::Silent { silence, .. } => match silence {
                NoAnswer::Late => (Termination::Deadline, String::new()),
                NoAnswer::Flood => (Termination::Flood, String::new()),
                NoAnswer::Ended {
                    termination,
                    last_words,
                } => (*termination, last_words.clone()),
            },
            End::EndedBadly {
                termination,
                said_more: false,
            } => (*termination, String::new()),
            _ => return Ok(None),
        };
        Ok(Some((
            self.ground.sandbox.termination(termination)?,
            last_words,
        )))
    }

    /// A stop by the sandbox, called by what was tried: the run is repeated with one category of calls at a time being the end
    /// of the process, while the others are only refused.
    fn named(
        &self,
        stop: StopReason,
        mut again: impl FnMut(Policy) -> Result<Termination>,
    ) -> Result<StopReason> {
        if !matches!(stop, StopReason::Forbidden(_)) {
            return Ok(stop);
        }
        for (category, policy) in self.ground.policy().one_fatal_at_a_time() {
            if again(policy)? == Termination::Signal(FORBIDDEN) {
                return Ok(StopReason::Forbidden(category.attempt().to_owned()));
            }
        }
        Ok(stop)
    }

    fn run(&self, arguments: &[&str], policy: Policy) -> Result<Output> {
        self.ground
            .run(&self.ground.job(&self.program, arguments, policy), LIMITS)
    }
}

/// The arguments that have the test program run one test alone; on a thread of its own, where an overflow of the stack is told
/// from other faults without the help of `/proc`.
fn arguments_for_one(path: &str) -> [&str; 6] {
    let mut arguments = test_binary::arguments_for_one(path);
    arguments[5] = "2";
    arguments
}

/// The status of a test program in which a test panicked.
const PANICKED: i32 = 101;
