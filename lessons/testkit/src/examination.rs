//! Questions that nobody has seen before, for grading code that nobody has read.
//!
//! A lesson declares its questions once. Two programs hold them: the *worker*, in which the submission answers, and the
//! *examiner*, which knows what is right. Neither trusts the other: they speak with the grader alone, which draws a seed
//! from the operating system, hands it to both, and carries the answer from one to the other. What a submission prints,
//! and how its process ends, is no answer.
//!
//! Requests and answers are lines, as in [`serve`](mod@crate::serve):
//!
//! | request | answer |
//! |---|---|
//! | `{"questions": true}` | `{"questions": [{"claim", "cases", "overlaps", "in_company"}], "starts_processes"}` |
//! | `{"ask": K, "seed": S, "token": T}`, to the worker | `{"token": T, "answer"}`, by question K's case of seed S |
//! | `{"judge": K, "seed": S, "answer": A}`, to the examiner | `{"fault": null}`, or `{"fault": {"seen", "expected"}, "apart"}` |
//!
//! `apart` says that the values are right, but the work did not overlap.

mod resources;

use std::fmt::Debug;
use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

use fastrand::Rng;
use measure::protocol::names::MARK;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{Mismatch, PairingGate};

/// Cases a question, unless it says otherwise.
const CASES: usize = 20;

/// What a lesson asks of a submission that is graded.
#[derive(Debug)]
pub struct Examination {
    questions: Vec<Question>,
    starts_processes: bool,
}

impl Examination {
    /// The questions, in the order in which they are asked.
    pub fn of(questions: impl IntoIterator<Item = Question>) -> Self {
        Self {
            questions: questions.into_iter().collect(),
            starts_processes: false,
        }
    }

    /// Submissions of this lesson may start processes.
    #[must_use]
    pub fn with_processes(mut self) -> Self {
        self.starts_processes = true;
        self
    }

    /// Answers on the standard streams until the input ends. From now on a submission finds its standard input empty: the
    /// requests are not for it.
    ///
    /// # Panics
    ///
    /// If the submission panics, a request cannot be understood or an answer cannot be written.
    pub fn sit(self) {
        let sitting = move || self.answer_all(requests()?, io::stdout());
        // On a thread of its own an overflow of the stack is told from other faults, without the help of `/proc`.
        let sat = thread::Builder::new()
            .spawn(sitting)
            .and_then(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        sat.unwrap_or_else(|error| panic!("{error}"));
    }

    fn answer_all(&self, requests: impl BufRead, mut answers: impl Write) -> io::Result<()> {
        for line in requests.lines() {
            let line = line?;
            let request: Value = serde_json::from_str(&line).unwrap_or_default();
            let answer = self.answer(&request).ok_or_else(|| {
                io::Error::new(io::ErrorKind::InvalidInput, format!("no request: {line}"))
            })?;
            // In one piece, so that nothing a submission prints comes between.
            answers.write_all(format!("\n{MARK}{answer}\n").as_bytes())?;
            answers.flush()?;
        }
        Ok(())
    }

    /// `None` to what is no request.
    fn answer(&self, request: &Value) -> Option<Value> {
        if request["questions"] == true {
            let questions = self.questions.iter().map(Question::listed);
            return Some(json!({
                "questions": questions.collect::<Vec<_>>(),
                "starts_processes": self.starts_processes,
            }));
        }
        let asked = |which: &str| {
            let index = usize::try_from(request[which].as_u64()?).ok()?;
            self.questions.get(index)
        };
        let seed = request["seed"].as_u64()?;
        if let Some(question) = asked("ask") {
            let answer = (question.answer)(seed);
            return Some(json!({ "token": request["token"], "answer": answer }));
        }
        let told = |fault: Mismatch| json!({ "seen": fault.actual, "expected": fault.expected });
        Some(
            match (asked("judge")?.judge)(seed, request["answer"].clone()) {
                Ok(()) => json!({ "fault": null }),
                Err(Wrong::Value(fault)) => json!({ "fault": told(fault), "apart": false }),
                Err(Wrong::Apart(fault)) => json!({ "fault": told(fault), "apart": true }),
            },
        )
    }
}

/// Standard input, which nobody else can read any more.
#[cfg(unix)]
fn requests() -> io::Result<impl BufRead> {
    use std::fs::File;
    use std::os::fd::AsFd;

    let requests = io::stdin().as_fd().try_clone_to_owned()?;
    nix::unistd::dup2_stdin(File::open("/dev/null")?)?;
    Ok(io::BufReader::new(File::from(requests)))
}

/// Standard input. Here a submission can read it too.
#[cfg(not(unix))]
fn requests() -> io::Result<impl BufRead> {
    Ok(io::stdin().lock())
}

type Answer = Box<dyn Fn(u64) -> Value + Send>;
type Judge = Box<dyn Fn(u64, Value) -> Result<(), Wrong> + Send>;

/// What is wrong with an answer.
enum Wrong {
    Value(Mismatch),
    /// The value is right; the work did not overlap.
    Apart(Mismatch),
}

/// One claim about a submission, and how it is put to the test.
pub struct Question {
    claim: &'static str,
    cases: usize,
    overlaps: bool,
    in_company: bool,
    answer: Answer,
    judge: Judge,
}

impl Question {
    /// `claim` says what holds of a right submission: `ranges cover every sample once`.
    ///
    /// A case is drawn by `draw`, on both sides from the same seed. `answer` calls the submission; `judge` must not.
    ///
    /// An answer travels as JSON, which has no NaN and no infinity: where they may be right, answer with
    /// [`f64::to_bits`].
    pub fn new<C: 'static, A: Serialize + DeserializeOwned>(
        claim: &'static str,
        draw: impl Fn(&mut Rng) -> C + Copy + Send + 'static,
        answer: impl Fn(&C) -> A + Send + 'static,
        judge: impl Fn(&C, &A) -> Result<(), Mismatch> + Send + 'static,
    ) -> Self {
        let case = move |seed| draw(&mut Rng::with_seed(seed));
        Self {
            claim,
            cases: CASES,
            overlaps: false,
            in_company: false,
            answer: Box::new(move |seed| {
                let answer = answer(&case(seed));
                serde_json::to_value(answer).expect("an answer of plain values can be written")
            }),
            judge: Box::new(move |seed, answer| {
                let answer = A::deserialize(&answer).map_err(|reason| {
                    Wrong::Value(Mismatch {
                        actual: format!("the answer is no answer to this question: {reason}"),
                        expected: "finite numbers, as many as were asked for".to_owned(),
                    })
                })?;
                // Whatever an answer may be, the examiner lives on to judge the next one.
                let judged = catch_unwind(AssertUnwindSafe(|| judge(&case(seed), &answer)));
                let judged = judged.unwrap_or_else(|_| {
                    Err(Mismatch {
                        actual: "the answer is beyond all bounds".to_owned(),
                        expected: "an answer that can be compared".to_owned(),
                    })
                });
                judged.map_err(Wrong::Value)
            }),
        }
    }

    /// The same for work that overlaps on two threads: `answer` has every call of the closure that it hands to the
    /// submission go through the [`PairingGate`], and makes it [`busy_work`](crate::busy_work()), so that an observer outside sees it
    /// too. A right submission makes as many calls as `calls` says. It is asked in one case, or in more while it is not clear
    /// what the observer saw.
    pub fn in_company<C: 'static, A: Serialize + DeserializeOwned + 'static>(
        claim: &'static str,
        draw: impl Fn(&mut Rng) -> C + Copy + Send + 'static,
        calls: impl Fn(&C) -> usize + Send + 'static,
        answer: impl Fn(&C, &PairingGate) -> A + Send + 'static,
        judge: impl Fn(&C, &A) -> Result<(), Mismatch> + Send + 'static,
    ) -> Self {
        let with_share = move |case: &C| {
            let company = PairingGate::new();
            let answer = answer(case, &company);
            (answer, company.share(), company.calls())
        };
        let judge_value = move |case: &C, (answer, _, made): &(A, f64, usize)| {
            judge(case, answer)?;
            Mismatch::unless(*made == calls(case), format!("calls: {made}"), calls(case))
        };
        let mut question = Self::new(claim, draw, with_share, judge_value).overlapping();
        question.in_company = true;
        let judge_value = question.judge;
        question.judge = Box::new(move |seed, told| {
            let share = told[1].as_f64().unwrap_or_default();
            judge_value(seed, told)?;
            let seen = format!(
                "in {:.0} % of the calls another was under way",
                100.0 * share
            );
            Mismatch::unless(
                PairingGate::is_mostly_there(share),
                seen,
                "three quarters and more",
            )
            .map_err(Wrong::Apart)
        });
        question
    }

    /// The same with so many cases.
    #[must_use]
    pub fn in_cases(mut self, cases: usize) -> Self {
        self.cases = cases;
        self
    }

    /// The work of one case is long enough, and split evenly enough over two workers, that whoever looks at the process from
    /// outside sees it overlap. It is asked in one case, or in more while it is not clear. For threads,
    /// [`in_company`](Self::in_company) tells more.
    #[must_use]
    pub fn overlapping(mut self) -> Self {
        self.overlaps = true;
        self.in_cases(1)
    }

    fn listed(&self) -> Value {
        json!({
            "claim": self.claim,
            "cases": self.cases,
            "overlaps": self.overlaps,
            "in_company": self.in_company,
        })
    }
}

impl Debug for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Question")
            .field("claim", &self.claim)
            .field("cases", &self.cases)
            .field("overlaps", &self.overlaps)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A submission that doubles, and is right below 50 only.
    fn doubling() -> Examination {
        let question = Question::new(
            "twice a number is twice as large",
            |random| random.u32(..100),
            |number| if *number < 50 { 2 * number } else { 0 },
            |number, answer| {
                Mismatch::unless(
                    *answer == 2 * number,
                    format!("twice {number} is {answer}"),
                    2 * number,
                )
            },
        );
        Examination::of([question.in_cases(3)])
    }

    fn asked(request: &Value) -> Value {
        let mut answers = Vec::new();
        let requests = format!("{request}\n");
        doubling()
            .answer_all(requests.as_bytes(), &mut answers)
            .unwrap();
        let answers = String::from_utf8(answers).unwrap();
        let (_, answer) = answers.split_once(MARK).unwrap();
        serde_json::from_str(answer).unwrap()
    }

    #[test]
    fn the_questions_are_listed() {
        let expected = json!({
            "questions": [{ "claim": "twice a number is twice as large", "cases": 3, "overlaps": false, "in_company": false }],
            "starts_processes": false,
        });
        assert_eq!(asked(&json!({ "questions": true })), expected);
    }

    #[test]
    fn what_one_side_answers_the_other_judges_by_the_same_case() {
        let faults = (0..100).map(|seed| {
            let told = asked(&json!({ "ask": 0, "seed": seed, "token": "t" }));
            assert_eq!(told["token"], "t");
            let judged = asked(&json!({ "judge": 0, "seed": seed, "answer": told["answer"] }));
            judged["fault"]["seen"].as_str().map(str::to_owned)
        });
        let faults: Vec<_> = faults.collect();
        assert!(faults.iter().any(Option::is_none), "{faults:?}");
        let told: Vec<_> = faults.into_iter().flatten().collect();
        assert!(!told.is_empty());
        assert!(
            told.iter()
                .all(|seen| seen.starts_with("twice ") && seen.ends_with(" is 0"))
        );
    }

    #[test]
    fn what_is_no_answer_is_a_fault_and_no_accident() {
        for answer in [json!(null), json!("4"), json!([4]), json!(-4), json!(4.5)] {
            let judged = asked(&json!({ "judge": 0, "seed": 1, "answer": answer }));
            let seen = judged["fault"]["seen"].as_str().unwrap();
            assert!(seen.starts_with("the answer is no answer"), "{seen}");
        }
    }

    #[test]
    fn what_is_no_request_ends_the_sitting() {
        for request in [
            json!({}),
            json!({ "ask": 1, "seed": 1 }),
            json!({ "judge": 0 }),
        ] {
            let requests = format!("{request}\n");
            let error = doubling()
                .answer_all(requests.as_bytes(), Vec::new())
                .unwrap_err();
            assert_eq!(error.to_string(), format!("no request: {request}"));
        }
    }
}
