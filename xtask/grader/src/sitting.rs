//! A submission answers unseen cases, one at a time; each answer is judged before the next case is asked.

use std::time::Duration;

use anyhow::Result;
use fastrand::Rng;
use serde_json::{Value, json};
use xtask_core::process::{JsonChild, NoAnswer, Termination};

use crate::examiner::{Examiner, Listed, Wrong};
use crate::overlap::{Observer, Overlap};
use crate::overlapping::{self, Seen};

/// The longest wait for one answer: some hundred times what a right submission needs, so that a busy machine fails nobody.
const FOR_AN_ANSWER: Duration = Duration::from_secs(10);

/// Whether work overlaps is asked so often at most, while it is not clear: the observer may be held up on a busy machine.
const LOOKS: usize = 40;

/// So many looks have to say that work does not overlap, and none that it does: where many programs wait for a processor, one of
/// two threads may get none for seconds.
const LOOKS_APART: usize = 3;

/// How often the threads are looked at.
const GLANCE: Duration = Duration::from_millis(2);

/// How a sitting went.
#[derive(Debug)]
pub struct Sitting {
    pub end: End,
    /// What was seen of the threads, for each question whose work is to overlap.
    pub overlaps: Vec<Overlap>,
}

/// How a sitting came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Every answer was right, what had to overlap did, and the program ended as it should.
    AllRight,
    /// An answer was wrong.
    Wrong {
        claim: String,
        seen: String,
        expected: String,
    },
    /// The work of this question did not overlap.
    Serial { claim: String, seen: String },
    /// Too little was seen of the threads to tell.
    Unobserved { claim: String },
    /// What came was not the answer to what was asked.
    Forged { claim: String },
    /// There was no answer.
    Silent { claim: String, silence: NoAnswer },
    /// All answers were right, but then the program did not end as it should.
    EndedBadly {
        termination: Termination,
        said_more: bool,
    },
}

/// Asks every question of a lesson. All cases follow from `seed`.
///
/// # Errors
///
/// The examiner does not judge.
pub fn sit(
    mut candidate: JsonChild,
    generation: usize,
    examiner: &mut Examiner,
    seed: u64,
) -> Result<Sitting> {
    let mut seeds = Rng::with_seed(seed);
    let mut overlaps = Vec::new();
    for (number, question) in examiner.questions.clone().iter().enumerate() {
        let end = if question.overlaps {
            let (end, seen) = watched(
                &mut candidate,
                generation,
                examiner,
                number,
                question,
                &mut seeds,
            )?;
            overlaps.extend(seen);
            end
        } else {
            asked(&mut candidate, examiner, number, question, &mut seeds)?
        };
        if let Some(end) = end {
            return Ok(Sitting { end, overlaps });
        }
    }
    let (termination, said_more, _) = candidate.close();
    let end = match (termination, said_more) {
        (Termination::Exit(0), false) => End::AllRight,
        (termination, said_more) => End::EndedBadly {
            termination,
            said_more,
        },
    };
    Ok(Sitting { end, overlaps })
}

/// Asks all cases of a question. `None` if every answer is right.
fn asked(
    candidate: &mut JsonChild,
    examiner: &mut Examiner,
    number: usize,
    question: &Listed,
    seeds: &mut Rng,
) -> Result<Option<End>> {
    for _ in 0..question.cases {
        if let Some(end) = answered(candidate, examiner, number, question, seeds.u64(..))? {
            return Ok(Some(end));
        }
    }
    Ok(None)
}

/// Asks a question whose work is to overlap, with an eye on the threads, until it is clear whether it does.
fn watched(
    candidate: &mut JsonChild,
    generation: usize,
    examiner: &mut Examiner,
    number: usize,
    question: &Listed,
    seeds: &mut Rng,
) -> Result<(Option<End>, Option<Overlap>)> {
    let (mut last, mut apart) = (None, 0);
    for _ in 0..LOOKS {
        let observer = Observer::start(candidate.pid(), generation, GLANCE);
        let mut end = answered(candidate, examiner, number, question, seeds.u64(..))?;
        let look = observer.stop();
        if end.is_none() {
            match overlapping::seen(&look, question.in_company) {
                Seen::Together => return Ok((None, Some(look))),
                Seen::Nothing => {}
                Seen::Apart => {
                    end = Some(End::Serial {
                        claim: question.claim.clone(),
                        seen: overlapping::in_words(&look),
                    });
                }
            }
        }
        last = Some(look);
        match end {
            Some(End::Serial { .. }) if apart + 1 < LOOKS_APART => apart += 1,
            Some(end) => return Ok((Some(end), last)),
            None => {}
        }
    }
    let claim = question.claim.clone();
    Ok((Some(End::Unobserved { claim }), last))
}

/// Asks one case. `None` if the answer is right.
fn answered(
    candidate: &mut JsonChild,
    examiner: &mut Examiner,
    number: usize,
    question: &Listed,
    seed: u64,
) -> Result<Option<End>> {
    let claim = question.claim.clone();
    // Drawn apart from the seed that is reported: an answer prepared beforehand cannot carry it.
    let token = fastrand::u64(..).to_string();
    let request = json!({ "ask": number, "seed": seed, "token": token });
    let text = match candidate.ask_for_text(&request, FOR_AN_ANSWER) {
        Ok(text) => text,
        Err(silence) => return Ok(Some(End::Silent { claim, silence })),
    };
    let Some(answer) = carried(&text, &token) else {
        return Ok(Some(End::Forged { claim }));
    };
    let wrong = examiner.judge(number, seed, &answer)?;
    Ok(wrong.map(
        |Wrong {
             seen,
             expected,
             apart,
         }| {
            if apart {
                End::Serial { claim, seen }
            } else {
                End::Wrong {
                    claim,
                    seen,
                    expected,
                }
            }
        },
    ))
}

/// The answer in a line that carries the token of its request.
pub fn carried(text: &str, token: &str) -> Option<Value> {
    let mut told: Value = serde_json::from_str(text).ok()?;
    (told["token"] == token).then(|| told["answer"].take())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_carries_the_token_of_its_request() {
        let right = r#"{"token":"7","answer":[1,2]}"#;
        assert_eq!(carried(right, "7"), Some(json!([1, 2])));
        assert_eq!(carried(right, "8"), None);
        for forged in [
            "",
            "1",
            "{}",
            "[]",
            r#"{"answer":1}"#,
            r#"{"token":7,"answer":1}"#,
        ] {
            assert_eq!(carried(forged, "7"), None, "{forged}");
        }
    }
}
