//! Examines a submission test by test. A plain test is run as for a student. A claim is asked one case after the other, and
//! each answer is judged before the next case is asked.

use std::ops::Range;
use std::time::Duration;

use anyhow::Result;
use fastrand::Rng;
use measure::protocol::claims::{
    Answered, CaseId, ClaimRequest, Description, Judgement, OverlapKind,
};
use measure::protocol::from_text;
use xtask_core::process::{JsonChild, NoAnswer, Termination};
use xtask_core::verdict::{FailureKind, Test, Tier};

use crate::compiled_submission::CompiledSubmission;
use crate::oracle::Oracle;
use crate::overlap::{Observer, Overlap};
use crate::overlapping::{self, Seen};
use crate::stop_reason::StopReason;

/// The longest wait for one answer: some hundred times what a right submission needs, so that a busy machine fails no one.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);

/// Stops observing whether work overlaps after this many looks without a result: a busy machine may hold up the observer.
const MOST_LOOKS: usize = 40;

/// This many looks have to show that work does not overlap, and none that it does: where many programs wait for a processor,
/// one of two threads may get none for seconds.
const LOOKS_APART: usize = 3;

/// How often the threads are looked at.
const GLANCE: Duration = Duration::from_millis(2);

/// A test of a lesson, as the grader runs it.
#[derive(Clone, Debug)]
pub struct LessonTest {
    pub test: Test,
    /// `None` for a plain test.
    pub claim: Option<Description>,
}

/// Which cases of a claim are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The fixed cases, then the random ones.
    All,
    /// The fixed ones.
    Fixed,
    /// The random ones.
    Random,
}

/// The result of an exam.
#[derive(Debug, Default)]
pub struct Exam {
    /// What failed of what a student's own check shows: plain tests, and claims on their fixed cases.
    pub failed: Vec<FailedTest>,
    /// The first claim that failed on random cases, which the student has not seen.
    pub failed_unseen: Option<FailedTest>,
    /// What was seen of the threads, for each claim whose work has to overlap.
    pub overlaps: Vec<Overlap>,
}

/// A test that does not hold.
#[derive(Clone, Debug)]
pub struct FailedTest {
    pub test: Test,
    pub how: Failure,
    /// What ended its process, if something did.
    pub stop: Option<StopReason>,
}

/// How a test does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A plain test, as a student's check sees it.
    Plain(FailureKind),
    /// An answer was wrong.
    Wrong { actual: String, expected: String },
    /// The values were right, but the work did not overlap.
    Serial { seen: String },
    /// Too little was seen of the threads for a decision.
    Unobserved,
    /// What came was not the answer to what was asked.
    Forged,
    /// There was no answer.
    Silent(NoAnswer),
    /// All answers were right, but then the program did not end as it should.
    EndedBadly { termination: Termination, said_more: bool },
}

/// A claim that fails, and on which cases.
#[derive(Clone, Debug)]
pub struct ClaimFailure {
    pub how: Failure,
    pub unseen: bool,
}

impl Exam {
    /// Whether everything held.
    pub fn has_passed(&self) -> bool {
        self.failed.is_empty() && self.failed_unseen.is_none()
    }

    /// Whether the last failure ran into a limit of time, output or memory: the other tests would take as long.
    fn is_at_limit(&self) -> bool {
        let stop = self.failed.last().and_then(|failed| failed.stop.as_ref());
        matches!(
            stop,
            Some(StopReason::DidNotFinish | StopReason::Flooded | StopReason::OutOfMemory)
        )
    }
}

/// Examines a submission: the correct tier first, then the concurrent one if the first holds. All random cases follow from
/// `seed`.
///
/// # Errors
///
/// A program cannot be run, or the oracle does not judge.
pub fn examine(submission: &CompiledSubmission, seed: u64) -> Result<Exam> {
    let mut exam = Exam::default();
    for tier in [Tier::Correct, Tier::Concurrent] {
        for LessonTest { test, claim } in
            submission.env.tests.iter().filter(|at| at.test.tier == tier)
        {
            let Some(claim) = claim else {
                exam.failed.extend(submission.run_plain(test)?);
                if exam.is_at_limit() {
                    return Ok(exam);
                }
                continue;
            };
            let asked = match exam.failed_unseen {
                None => Asked::All,
                Some(_) => Asked::Fixed,
            };
            let failure = submission.ask(test, claim, asked, seed, &mut exam.overlaps)?;
            let Some((failure, stop)) = failure else {
                continue;
            };
            let failed = FailedTest { test: test.clone(), how: failure.how, stop };
            match failure.unseen {
                true => exam.failed_unseen = Some(failed),
                false => exam.failed.push(failed),
            }
            if exam.is_at_limit() {
                return Ok(exam);
            }
        }
        if !exam.failed.is_empty() {
            break;
        }
    }
    Ok(exam)
}

/// Whether some random case of some claim rejects a submission: those of `first` before the others', seed after seed.
///
/// # Errors
///
/// A program cannot be run, or the oracle does not judge.
pub fn is_rejected(
    submission: &CompiledSubmission,
    first: Option<&Test>,
    seeds: Range<u64>,
) -> Result<bool> {
    let mut tests: Vec<&LessonTest> = submission.env.tests.iter().collect();
    tests.sort_by_key(|at| Some(&at.test) != first);
    for seed in seeds {
        for LessonTest { test, claim } in &tests {
            let Some(claim) = claim else { continue };
            if claim.random > 0
                && submission.ask(test, claim, Asked::Random, seed, &mut Vec::new())?.is_some()
            {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// One claim of a submission, whose process answers.
pub struct ClaimExam<'a> {
    pub answering: JsonChild,
    /// How many processes the sandbox puts between the grader and the submission, for the observer.
    pub process_depth: usize,
    pub oracle: &'a Oracle,
    pub test: &'a Test,
}

impl ClaimExam<'_> {
    /// Asks the cases. `None` if the claim holds.
    ///
    /// # Errors
    ///
    /// The oracle does not judge.
    pub fn run(
        mut self,
        claim: &Description,
        asked: Asked,
        seed: u64,
        overlaps: &mut Vec<Overlap>,
    ) -> Result<Option<ClaimFailure>> {
        if asked != Asked::Random {
            for number in 0..claim.fixed {
                if let Some(how) = self.ask(CaseId::Fixed(number))? {
                    return Ok(Some(ClaimFailure { how, unseen: false }));
                }
            }
        }
        if asked != Asked::Fixed && claim.random > 0 {
            let mut seeds = Rng::with_seed(seed ^ hash(&self.test.path));
            let how = match claim.overlap {
                Some(kind) => self.watch(kind, &mut seeds, overlaps)?,
                None => self.ask_random(claim.random, &mut seeds)?,
            };
            if let Some(how) = how {
                return Ok(Some(ClaimFailure { how, unseen: true }));
            }
        }
        let (termination, said_more, _) = self.answering.close();
        Ok(match (termination, said_more) {
            (Termination::Exit(0), false) => None,
            (termination, said_more) => Some(ClaimFailure {
                how: Failure::EndedBadly { termination, said_more },
                unseen: asked != Asked::Fixed,
            }),
        })
    }

    fn ask_random(&mut self, count: usize, seeds: &mut Rng) -> Result<Option<Failure>> {
        for _ in 0..count {
            if let Some(failure) = self.ask(CaseId::Seed(seeds.u64(..)))? {
                return Ok(Some(failure));
            }
        }
        Ok(None)
    }

    /// Asks random cases whose work has to overlap, with an eye on the threads, until it is clear whether it does.
    fn watch(
        &mut self,
        kind: OverlapKind,
        seeds: &mut Rng,
        overlaps: &mut Vec<Overlap>,
    ) -> Result<Option<Failure>> {
        let (mut apart, mut last) = (0, None);
        for _ in 0..MOST_LOOKS {
            let observer = Observer::start(self.answering.pid(), self.process_depth, GLANCE);
            let mut failure = self.ask(CaseId::Seed(seeds.u64(..)))?;
            let look = observer.stop();
            if failure.is_none() {
                match overlapping::read_look(&look, kind) {
                    Seen::Together => {
                        overlaps.push(look);
                        return Ok(None);
                    }
                    Seen::Nothing => {}
                    Seen::Apart => {
                        let seen = overlapping::describe(&look);
                        failure = Some(Failure::Serial { seen });
                    }
                }
            }
            last = Some(look);
            match failure {
                Some(Failure::Serial { .. }) if apart + 1 < LOOKS_APART => apart += 1,
                Some(failure) => {
                    overlaps.extend(last);
                    return Ok(Some(failure));
                }
                None => {}
            }
        }
        overlaps.extend(last);
        Ok(Some(Failure::Unobserved))
    }

    /// Asks one case. `None` if the answer is right.
    fn ask(&mut self, case: CaseId) -> Result<Option<Failure>> {
        // Drawn apart from the seed that is reported: an answer prepared beforehand cannot carry it.
        let token = fastrand::u64(..).to_string();
        let request = ClaimRequest::Answer { case, token: token.clone() };
        let reply = match self.answering.ask_for_text(&request, ANSWER_LIMIT) {
            Ok(reply) => reply,
            Err(silence) => return Ok(Some(Failure::Silent(silence))),
        };
        let Some(answer) = answer_with_token(&reply, &token) else {
            return Ok(Some(Failure::Forged));
        };
        Ok(match self.oracle.judge(self.test, case, answer)? {
            Judgement::Right => None,
            Judgement::Wrong { actual, serial: true, .. } => Some(Failure::Serial { seen: actual }),
            Judgement::Wrong { actual, expected, .. } => Some(Failure::Wrong { actual, expected }),
        })
    }
}

/// The answer in a line that carries the token of its request.
pub fn answer_with_token(text: &str, token: &str) -> Option<Vec<u8>> {
    let answered: Answered = from_text(text).ok()?;
    (answered.token == token).then_some(answered.answer)
}

/// FNV-1a: every test draws other cases from one seed, whichever tests are run before it.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_carries_the_token_of_its_request() {
        let right = r#"{"token":"7","answer":"0102"}"#;
        assert_eq!(answer_with_token(right, "7"), Some(vec![1, 2]));
        assert_eq!(answer_with_token(right, "8"), None);
        for forged in [
            "",
            "1",
            "{}",
            "[]",
            r#"{"answer":"01"}"#,
            r#"{"token":7,"answer":"01"}"#,
            r#"{"token":"7","answer":[1]}"#,
        ] {
            assert_eq!(answer_with_token(forged, "7"), None, "{forged}");
        }
    }
}
