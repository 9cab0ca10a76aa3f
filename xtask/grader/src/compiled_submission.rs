//! A submission that has been compiled: its program is run in the sandbox, a process a test.

use std::path::PathBuf;

use anyhow::Result;
use measure::protocol::claims::{Description, ROLE, Role};
use xtask_core::process::{JsonChild, NoAnswer, Output, Termination};
use xtask_core::test_binary::{self, LIMITS};
use xtask_core::verdict::{Observation, Test, Verdict};

use crate::exam::{Asked, ClaimExam, ClaimFailure, FailedTest, Failure};
use crate::grading_env::GradingEnv;
use crate::overlap::Overlap;
use crate::sandbox::Policy;
use crate::stop_reason::{FORBIDDEN, StopReason};

/// What a claim may print, in bytes: answers come this way, and the largest are some hundred thousand numbers.
const ANSWERS: usize = 16 << 20;

/// The status of a test program in which a test panicked.
const PANICKED: i32 = 101;

/// A compiled submission.
pub struct CompiledSubmission<'a> {
    pub env: &'a GradingEnv<'a>,
    pub program: PathBuf,
}

impl CompiledSubmission<'_> {
    /// Runs all tests as a student's check does, where nothing is asked and each test judges itself: advice, for code that is
    /// trusted.
    ///
    /// # Errors
    ///
    /// Its program cannot be run.
    pub fn check(&self) -> Result<Verdict> {
        let tests: Vec<Test> = self.env.tests.iter().map(|at| at.test.clone()).collect();
        // One at a time: other submissions are checked beside this one.
        test_binary::judge_by(&tests, 1, |test| self.run(&arguments(&test.path), self.env.policy()))
    }

    /// Runs the tests as [`CompiledSubmission::check`] does, up to the first that fails, and all of them this many `times` if none
    /// does: chance may hide a mistake in one check, and a busy machine one that is seen by a clock.
    ///
    /// # Errors
    ///
    /// Its program cannot be run.
    pub fn check_until_failure(&self, times: usize) -> Result<Verdict> {
        let tests: Vec<Test> = self.env.tests.iter().map(|at| at.test.clone()).collect();
        let mut observed = Vec::new();
        for _ in 0..times {
            observed.clear();
            for test in &tests {
                let output = self.run(&arguments(&test.path), self.env.policy())?;
                let observation = Observation { test: test.clone(), output, limits: LIMITS };
                let has_passed = observation.has_passed();
                observed.push(observation);
                if !has_passed {
                    return Ok(Verdict::of(&tests, &observed));
                }
            }
        }
        Ok(Verdict::of(&tests, &observed))
    }

    /// Runs a plain test: `None` if it holds. What the program says of itself here can fail a submission, and never pass it.
    ///
    /// # Errors
    ///
    /// Its program cannot be run.
    pub fn run_plain(&self, test: &Test) -> Result<Option<FailedTest>> {
        let output = self.run(&arguments(&test.path), self.env.policy())?;
        let Some(kind) = Verdict::failure_kind(&output, LIMITS) else {
            return Ok(None);
        };
        let again = |policy| Ok(self.run(&arguments(&test.path), policy)?.termination);
        let stop = self.stop_reason(output.termination, &output.stderr, again)?;
        Ok(Some(FailedTest { test: test.clone(), how: Failure::Plain(kind), stop }))
    }

    /// Asks the cases of a claim, and judges the answers: `None` if it holds; otherwise also what ended its process, if
    /// something did. What is seen of threads whose work has to overlap is added to `overlaps`.
    ///
    /// # Errors
    ///
    /// Its program or the oracle cannot be run.
    pub fn ask(
        &self,
        test: &Test,
        claim: &Description,
        asked: Asked,
        seed: u64,
        overlaps: &mut Vec<Overlap>,
    ) -> Result<Option<(ClaimFailure, Option<StopReason>)>> {
        let ask = |policy, overlaps: &mut Vec<Overlap>| {
            self.start_claim(test, policy)?.run(claim, asked, seed, overlaps)
        };
        let Some(failure) = ask(self.env.policy(), overlaps)? else {
            return Ok(None);
        };
        let Some((termination, last_words)) = self.termination(&failure.how)? else {
            return Ok(Some((failure, None)));
        };
        let again = |policy| {
            let again = ask(policy, &mut Vec::new())?;
            let termination = again.map(|again| self.termination(&again.how)).transpose()?;
            Ok(termination.flatten().map_or(Termination::Exit(0), |(termination, _)| termination))
        };
        let stop = self.stop_reason(termination, &last_words, again)?;
        Ok(Some((failure, stop)))
    }

    fn start_claim<'a>(&'a self, test: &'a Test, policy: Policy) -> Result<ClaimExam<'a>> {
        let mut job = self.env.job(&self.program, &arguments(&test.path), policy);
        job.env.push((ROLE.into(), Role::Answer.word().into()));
        let sandbox = self.env.sandbox;
        let mut command = sandbox.command(&job);
        Ok(ClaimExam {
            answering: JsonChild::start_with_limit(&mut command, "the submission", ANSWERS)?,
            process_depth: sandbox.process_depth(),
            oracle: &self.env.oracle,
            test,
        })
    }

    /// How the process of a claim ended and its last words, if that is how the claim failed.
    fn termination(&self, failure: &Failure) -> Result<Option<(Termination, String)>> {
        let (termination, last_words) = match failure {
            Failure::Silent(NoAnswer::Late) => (Termination::Deadline, String::new()),
            Failure::Silent(NoAnswer::Flood) => (Termination::Flood, String::new()),
            Failure::Silent(NoAnswer::Ended { termination, last_words }) => {
                (*termination, last_words.clone())
            }
            Failure::EndedBadly { termination, said_more: false } => (*termination, String::new()),
            _ => return Ok(None),
        };
        Ok(Some((self.env.sandbox.termination(termination)?, last_words)))
    }

    /// What stopped a process, if it did not end with a panic. A forbidden system call is named: `again` repeats the run with
    /// one category of calls at a time ending the process, while the others are only refused.
    fn stop_reason(
        &self,
        termination: Termination,
        last_words: &str,
        mut again: impl FnMut(Policy) -> Result<Termination>,
    ) -> Result<Option<StopReason>> {
        if termination == Termination::Exit(PANICKED) {
            return Ok(None);
        }
        let stop = StopReason::of(termination, last_words);
        if matches!(stop, StopReason::Forbidden(_)) {
            for (category, policy) in self.env.policy().one_fatal_at_a_time() {
                if again(policy)? == Termination::Signal(FORBIDDEN) {
                    return Ok(Some(StopReason::Forbidden(category.attempt().to_owned())));
                }
            }
        }
        Ok(Some(stop))
    }

    fn run(&self, arguments: &[&str], policy: Policy) -> Result<Output> {
        self.env.run(&self.env.job(&self.program, arguments, policy), LIMITS)
    }
}

/// The arguments with which the test program runs one test alone, on a thread that is not the main one: there an overflow of the
/// stack differs from other faults even without `/proc`.
fn arguments(path: &str) -> [&str; 6] {
    let mut arguments = test_binary::arguments_for_one(path);
    arguments[5] = "2";
    arguments
}
