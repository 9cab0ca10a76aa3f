//! A claim: cases, a call of the code under test, and a judgement of what it returned.
//!
//! A claim is written once, as a `#[test]` of a lesson's `check.rs`, which makes no other claim. In a student's check it calls,
//! judges, and fails with the first mismatch. The grader runs two programs instead, each in one [`Role`]: one is linked with a
//! submission and answers, one with the model and judges. So a claim's call never judges, and its judgement never calls the
//! code under test.

mod allocations;
mod parallel;

use std::env;
use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use fastrand::Rng;
use measure::protocol::claims::{
    Answered, CaseId, ClaimRequest, Description, Judgement, OverlapKind, ROLE, Role,
};
use measure::protocol::names::{CASE, MARK};
use measure::protocol::{Json, from_text};
use serde_json::Value;

pub use self::allocations::{Allowance, claim_allocations, claim_growth};
pub use self::parallel::{ParallelFn, Shape};
use crate::answer::{Answer, read_all};
use crate::lockstep::Sharing;
use crate::{Lockstep, Mismatch, expect};

/// The number of random cases of a claim that does not choose another.
const RANDOM_CASES: usize = 20;

/// How often [`busy_work`](crate::busy_work()) is done in a case that is observed: a tenth of a second.
pub(crate) const BUSY: usize = 200;

/// The longest answer that is judged, in bytes: nearly twice that of any right one, 70,001 ranges of lesson 02. A wrong one can be
/// as long as memory allows, and would be carried and read for seconds.
const LONGEST_ANSWER: usize = 2 << 20;

type Draw<'a, C> = Box<dyn Fn(&mut Rng) -> C + 'a>;
type Label<'a, C> = Box<dyn Fn(&C) -> String + 'a>;

/// The cases of a claim.
///
/// A student's check takes the fixed ones, then random ones from seeds that are always the same. The grader takes the fixed
/// ones, then random ones from seeds that it draws.
pub struct Cases<'a, C> {
    fixed: Vec<C>,
    draw: Option<Draw<'a, C>>,
    random: usize,
    label: Option<Label<'a, C>>,
}

/// These cases, in the order in which a student meets them: the plainest first.
pub fn cases<'a, C>(fixed: impl IntoIterator<Item = C>) -> Cases<'a, C> {
    Cases { fixed: fixed.into_iter().collect(), draw: None, random: 0, label: None }
}

/// Random cases only.
pub fn random_cases<'a, C>(draw: impl Fn(&mut Rng) -> C + 'a) -> Cases<'a, C> {
    cases([]).and_random(draw)
}

impl<'a, C> Cases<'a, C> {
    /// Adds random cases. What is drawn follows from the generator alone: both sides of a graded claim draw the same case.
    #[must_use]
    pub fn and_random(mut self, draw: impl Fn(&mut Rng) -> C + 'a) -> Self {
        self.draw = Some(Box::new(draw));
        self.times(RANDOM_CASES)
    }

    /// Takes this many random cases instead of 20.
    #[must_use]
    pub fn times(mut self, random: usize) -> Self {
        self.random = random;
        self
    }

    /// Begins each mismatch with the case in words, `n = 10, chunks = 3`, so that the reader can try it.
    #[must_use]
    pub fn label(mut self, label: impl Fn(&C) -> String + 'a) -> Self {
        self.label = Some(Box::new(label));
        self
    }

    fn ids(&self) -> impl Iterator<Item = CaseId> {
        let fixed = (0..self.fixed.len()).map(CaseId::Fixed);
        fixed.chain((0..self.random as u64).map(CaseId::Seed))
    }

    fn with_case(&self, id: CaseId, f: &mut dyn FnMut(&C)) {
        match id {
            CaseId::Fixed(number) => f(&self.fixed[number]),
            CaseId::Seed(seed) => {
                let draw = self.draw.as_ref().expect("this claim has random cases");
                f(&draw(&mut Rng::with_seed(seed)));
            }
        }
    }
}

/// Claims that `judge` accepts what `call` returns, in every case.
///
/// ```
/// use testkit::{Mismatch, cases, claim};
///
/// // In a `#[test]` of a lesson:
/// claim(
///     cases([1, 2, 1000]).and_random(|random| random.u32(..1000)).label(|n| format!("n = {n}")),
///     |&n| (1..=n).sum::<u32>(),
///     |&n, &sum| Mismatch::unless(sum == n * (n + 1) / 2, format!("the sum is {sum}"), n * (n + 1) / 2),
/// );
/// ```
///
/// # Panics
///
/// In a student's check, at the first mismatch, with what was seen and what was expected, at the caller's line. In a role of
/// the grader, if the code under test panics or the grader cannot be understood.
#[track_caller]
pub fn claim<C, A: Answer>(
    cases: Cases<C>,
    call: impl Fn(&C) -> A,
    judge: impl Fn(&C, &A) -> Result<(), Mismatch>,
) {
    run(&Claim {
        cases,
        overlap: None,
        call: &|case, _| call(case),
        judge: &|case, answer| judge(case, answer).map_err(Wrong::Value),
    });
}

/// Claims that the calls of a closure overlap on two threads, all the way through, and that `judge` accepts the rest.
///
/// `call` runs the code under test in a pool of two, and has every call of the closure that it hands over go through the
/// [`Lockstep`]; a right answer makes as many calls as `calls` says. In the grader's random cases they take a tenth of a
/// second together, so that an observer outside the process sees the threads work as well.
///
/// # Panics
///
/// As [`claim`] does.
#[track_caller]
pub fn claim_overlap<C, A: Answer>(
    cases: Cases<C>,
    calls: impl Fn(&C) -> usize,
    call: impl Fn(&C, &Lockstep) -> A,
    judge: impl Fn(&C, &A) -> Result<(), Mismatch>,
) {
    run(&Claim {
        cases,
        overlap: Some(OverlapKind::Paired),
        call: &|case, setting| {
            let calls = calls(case);
            let lockstep = Lockstep::new(2, 1, calls);
            let lockstep = match setting {
                Setting::Observed => lockstep.with_busy_turns(BUSY.div_ceil(calls.max(1))),
                Setting::Plain => lockstep,
            };
            (call(case, &lockstep), lockstep.calls(), lockstep.sharing())
        },
        judge: &|case, (answer, made, sharing): &(A, usize, Sharing)| {
            judge(case, answer).map_err(Wrong::Value)?;
            let expected = calls(case);
            Mismatch::unless(*made == expected, format!("calls: {made}"), expected)
                .map_err(Wrong::Value)?;
            sharing.expect_overlap().map_err(Wrong::Serial)
        },
    });
}

/// Claims that the work of a call overlaps on two processes or threads that cannot go through a [`Lockstep`], as an
/// observer outside the process sees it, and that `judge` accepts the answer.
///
/// The flag says whether the grader observes the call. Then `call` has a tenth of a second of
/// [`busy_work`](crate::busy_work()) in pieces, and two workers for it. A student's check judges the answer alone, so it need not
/// wait for busy work.
///
/// # Panics
///
/// As [`claim`] does.
#[track_caller]
pub fn claim_observed_overlap<C, A: Answer>(
    cases: Cases<C>,
    call: impl Fn(&C, bool) -> A,
    judge: impl Fn(&C, &A) -> Result<(), Mismatch>,
) {
    run(&Claim {
        cases,
        overlap: Some(OverlapKind::Free),
        call: &|case, setting| call(case, matches!(setting, Setting::Observed)),
        judge: &|case, answer| judge(case, answer).map_err(Wrong::Value),
    });
}

/// What is wrong with an answer.
enum Wrong {
    Value(Mismatch),
    /// The values are right; the work did not overlap.
    Serial(Mismatch),
}

impl Wrong {
    fn mismatch(self) -> Mismatch {
        match self {
            Self::Value(mismatch) | Self::Serial(mismatch) => mismatch,
        }
    }

    fn unreadable() -> Self {
        Self::Value(Mismatch {
            actual: "what came is not an answer of this claim".to_owned(),
            expected: "values of the claim's types".to_owned(),
        })
    }

    /// With the case in words before what was seen.
    fn in_case(self, case: &str) -> Self {
        let in_case = |of: Mismatch| Mismatch { actual: format!("{case}: {}", of.actual), ..of };
        match self {
            Self::Value(mismatch) => Self::Value(in_case(mismatch)),
            Self::Serial(mismatch) => Self::Serial(in_case(mismatch)),
        }
    }
}

/// Whether an observer looks at the process from outside.
#[derive(Clone, Copy)]
enum Setting {
    Plain,
    Observed,
}

/// A claim whose cases are `C` and whose answers are `A`. Its closures have no types of their own here, nor has anything that need
/// not: what is generic is compiled for each claim, after every edit of the student's.
struct Claim<'a, C, A> {
    cases: Cases<'a, C>,
    overlap: Option<OverlapKind>,
    call: &'a dyn Fn(&C, Setting) -> A,
    judge: &'a dyn Fn(&C, &A) -> Result<(), Wrong>,
}

/// A claim of any types.
trait AnyClaim {
    fn ids(&self) -> Vec<CaseId>;
    fn description(&self) -> Description;
    fn label(&self, id: CaseId) -> Option<String>;
    fn check(&self, id: CaseId) -> Result<(), Wrong>;
    fn answer(&self, id: CaseId) -> Vec<u8>;
    fn judge(&self, id: CaseId, answer: &[u8]) -> Result<(), Wrong>;
}

impl<C, A> Claim<'_, C, A> {
    fn judge_answer(&self, case: &C, answer: &A) -> Result<(), Wrong> {
        (self.judge)(case, answer).map_err(|wrong| match &self.cases.label {
            Some(label) => wrong.in_case(&label(case)),
            None => wrong,
        })
    }
}

impl<C, A: Answer> AnyClaim for Claim<'_, C, A> {
    fn ids(&self) -> Vec<CaseId> {
        self.cases.ids().collect()
    }

    fn description(&self) -> Description {
        Description {
            fixed: self.cases.fixed.len(),
            random: self.cases.random,
            overlap: self.overlap,
        }
    }

    fn label(&self, id: CaseId) -> Option<String> {
        let (label, mut words) = (self.cases.label.as_ref()?, None);
        self.cases.with_case(id, &mut |case| words = Some(label(case)));
        words
    }

    fn check(&self, id: CaseId) -> Result<(), Wrong> {
        let mut judged = Ok(());
        self.cases.with_case(id, &mut |case| {
            judged = self.judge_answer(case, &(self.call)(case, Setting::Plain));
        });
        judged
    }

    fn answer(&self, id: CaseId) -> Vec<u8> {
        let setting = match id {
            CaseId::Fixed(_) => Setting::Plain,
            CaseId::Seed(_) => Setting::Observed,
        };
        let mut bytes = Vec::new();
        self.cases.with_case(id, &mut |case| (self.call)(case, setting).write(&mut bytes));
        bytes.truncate(LONGEST_ANSWER + 1);
        bytes
    }

    fn judge(&self, id: CaseId, answer: &[u8]) -> Result<(), Wrong> {
        expect_length(answer)?;
        let answer = read_all::<A>(answer).ok_or_else(Wrong::unreadable)?;
        let mut judged = Ok(());
        self.cases.with_case(id, &mut |case| judged = self.judge_answer(case, &answer));
        judged
    }
}

fn expect_length(answer: &[u8]) -> Result<(), Wrong> {
    Mismatch::unless(
        answer.len() <= LONGEST_ANSWER,
        format!("an answer of more than {} KiB", LONGEST_ANSWER >> 10),
        "one that is as long as its case asks for",
    )
    .map_err(Wrong::Value)
}

/// The side of a claim on which this program stands; `None` in a student's check.
fn role() -> Option<Role> {
    Role::from_word(&env::var(ROLE).ok()?)
}

#[track_caller]
fn run(claim: &dyn AnyClaim) {
    match role() {
        None => check(claim),
        Some(role) => {
            // The requests are read to their end, so a second claim would find none, and hold.
            static MADE: AtomicBool = AtomicBool::new(false);
            assert!(!MADE.swap(true, Ordering::Relaxed), "a test makes one claim");
            let replied =
                read_requests().and_then(|requests| reply(claim, role, requests, io::stdout()));
            replied.unwrap_or_else(|error| panic!("{error}"));
        }
    }
}

#[track_caller]
fn check(claim: &dyn AnyClaim) {
    for id in claim.ids() {
        let checked = catch_unwind(AssertUnwindSafe(|| claim.check(id))).unwrap_or_else(|panic| {
            if let Some(case) = claim.label(id) {
                eprintln!("{CASE}{case}");
            }
            resume_unwind(panic)
        });
        if let Err(wrong) = checked {
            let Mismatch { actual, expected } = wrong.mismatch();
            expect(false, actual, expected);
        }
    }
}

/// Replies to each request until there are no more.
fn reply(
    claim: &dyn AnyClaim,
    role: Role,
    requests: impl BufRead,
    mut replies: impl Write,
) -> io::Result<()> {
    for line in requests.lines() {
        let line = line?;
        let reply = match (from_text(&line), role) {
            (Ok(ClaimRequest::Describe), _) => claim.description().to_json(),
            (Ok(ClaimRequest::Answer { case, token }), Role::Answer) => {
                Answered { token, answer: claim.answer(case) }.to_json()
            }
            (Ok(ClaimRequest::Judge { case, answer }), Role::Judge) => judge(claim, case, &answer),
            _ => {
                let message = format!("not a request to this side of a claim: {line}");
                return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
            }
        };
        // In one piece, so that nothing that the code under test prints lands in it.
        replies.write_all(format!("\n{MARK}{reply}\n").as_bytes())?;
        replies.flush()?;
    }
    Ok(())
}

fn judge(claim: &dyn AnyClaim, case: CaseId, answer: &[u8]) -> Value {
    // The judge has to survive any answer, to judge the next one.
    let judged = catch_unwind(AssertUnwindSafe(|| claim.judge(case, answer)));
    let wrong = match judged {
        Ok(Ok(())) => return Judgement::Right.to_json(),
        Ok(Err(wrong)) => wrong,
        Err(_) => Wrong::Value(Mismatch {
            actual: "the answer is beyond all bounds".to_owned(),
            expected: "an answer that can be compared".to_owned(),
        }),
    };
    let serial = matches!(wrong, Wrong::Serial(_));
    let Mismatch { actual, expected } = wrong.mismatch();
    Judgement::Wrong { actual, expected, serial }.to_json()
}

/// Standard input. From now on the code under test finds it empty: the requests are not for it.
#[cfg(unix)]
fn read_requests() -> io::Result<impl BufRead> {
    use std::fs::File;
    use std::os::fd::AsFd;

    let requests = io::stdin().as_fd().try_clone_to_owned()?;
    nix::unistd::dup2_stdin(File::open("/dev/null")?)?;
    Ok(io::BufReader::new(File::from(requests)))
}

/// Standard input. Here the code under test can read it too.
#[cfg(not(unix))]
fn read_requests() -> io::Result<impl BufRead> {
    Ok(io::stdin().lock())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Code that doubles, and is right below 50 only.
    fn with_doubling(f: impl FnOnce(&dyn AnyClaim)) {
        f(&Claim {
            cases: cases([1, 60])
                .and_random(|random| random.u32(..100))
                .times(3)
                .label(|number| format!("number = {number}")),
            overlap: None,
            call: &|&number, _| if number < 50 { 2 * number } else { 0 },
            judge: &|number: &u32, twice: &u32| {
                Mismatch::unless(*twice == 2 * number, format!("twice is {twice}"), 2 * number)
                    .map_err(Wrong::Value)
            },
        });
    }

    fn reply_to(role: Role, request: &ClaimRequest) -> io::Result<Value> {
        let mut replies = Vec::new();
        let mut outcome = Ok(());
        with_doubling(|claim| {
            let line = format!("{}\n", request.to_json());
            outcome = reply(claim, role, line.as_bytes(), &mut replies);
        });
        let replies = String::from_utf8(replies).unwrap();
        outcome.map(|()| serde_json::from_str(replies.split_once(MARK).unwrap().1).unwrap())
    }

    fn judge_of(case: CaseId) -> Judgement {
        let token = "t".to_owned();
        let answered = reply_to(Role::Answer, &ClaimRequest::Answer { case, token }).unwrap();
        let answered = Answered::from_json(&answered).unwrap();
        assert_eq!(answered.token, "t");
        let answer = answered.answer;
        let judged = reply_to(Role::Judge, &ClaimRequest::Judge { case, answer }).unwrap();
        Judgement::from_json(&judged).unwrap()
    }

    #[test]
    fn a_claim_describes_itself() {
        let description = reply_to(Role::Judge, &ClaimRequest::Describe).unwrap();
        let expected = Description { fixed: 2, random: 3, overlap: None };
        assert_eq!(Description::from_json(&description), Ok(expected));
    }

    #[test]
    fn what_one_side_answers_the_other_judges_by_the_same_case() {
        assert_eq!(judge_of(CaseId::Fixed(0)), Judgement::Right);
        let wrong = Judgement::Wrong {
            actual: "number = 60: twice is 0".to_owned(),
            expected: "120".to_owned(),
            serial: false,
        };
        assert_eq!(judge_of(CaseId::Fixed(1)), wrong);
        let right = (0..100).filter(|&seed| judge_of(CaseId::Seed(seed)) == Judgement::Right);
        let right = right.count();
        assert!((1..100).contains(&right), "{right}");
    }

    #[test]
    fn what_is_not_an_answer_is_a_mismatch_and_not_an_accident() {
        for answer in [vec![], vec![1], vec![0; 5]] {
            let case = CaseId::Fixed(0);
            let judged = reply_to(Role::Judge, &ClaimRequest::Judge { case, answer }).unwrap();
            let Ok(Judgement::Wrong { actual, .. }) = Judgement::from_json(&judged) else {
                panic!("{judged}");
            };
            assert!(actual.starts_with("what came is not an answer"), "{actual}");
        }
    }

    #[test]
    fn an_answer_that_is_too_long_is_cut_and_rejected() {
        let claim = Claim {
            cases: cases([LONGEST_ANSWER / 8 - 1, LONGEST_ANSWER / 8]),
            overlap: None,
            call: &|&length, _| vec![0_u64; length],
            judge: &|_, _| Ok(()),
        };
        let judge = |number| claim.judge(number, &claim.answer(number));
        assert!(judge(CaseId::Fixed(0)).is_ok());
        let Err(wrong) = judge(CaseId::Fixed(1)) else { panic!("a longer answer was judged") };
        assert_eq!(wrong.mismatch().actual, "an answer of more than 2048 KiB");
    }

    #[test]
    fn a_side_refuses_what_belongs_to_the_other() {
        let case = CaseId::Fixed(0);
        let answer = Vec::new();
        assert!(reply_to(Role::Answer, &ClaimRequest::Judge { case, answer }).is_err());
        let token = String::new();
        assert!(reply_to(Role::Judge, &ClaimRequest::Answer { case, token }).is_err());
    }

    #[test]
    #[should_panic(expected = "seen: number = 60: twice is 0\nexpected: 120")]
    fn a_check_fails_with_the_first_mismatch() {
        with_doubling(|claim| check(claim));
    }

    #[test]
    #[should_panic(expected = "never two threads inside at once: one thread did all the work")]
    fn serial_calls_are_not_an_overlap() {
        claim_overlap(
            cases([16]),
            |&n| n,
            |&n, gate| crate::pool_of_two().install(|| (0..n).for_each(|_| gate.call(|| ()))),
            |_, ()| Ok(()),
        );
    }

    #[test]
    fn a_claim_without_random_cases_wants_none() {
        claim(cases([2]), |n| n + 1, |n, next| Mismatch::unless(next - n == 1, "", ""));
        claim(
            random_cases(|random| random.u8(..)),
            |&n| n,
            |n, same| Mismatch::unless(n == same, "", ""),
        );
    }
}
