//! The messages between the grader and a test program that makes a claim.
//!
//! One program is linked with the submission and answers; one is linked with the model and judges. Neither sees the other:
//! the grader draws the cases and carries the answers. A request is a line of JSON, and so is what comes back, behind
//! [`MARK`](super::names::MARK).

use serde_json::{Value, json};

/// The environment variable that says on which side of a claim the program stands: one of the words of [`Role`].
pub const ROLE: &str = "MANY_HANDS_CLAIM";

/// What a test program does with its claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It calls the code under test on the cases that it is asked, and never judges.
    Answer,
    /// It judges answers, and never calls the code under test.
    Judge,
}

impl Role {
    /// The word in [`ROLE`].
    pub fn word(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Judge => "judge",
        }
    }

    /// The role of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Answer, Self::Judge].into_iter().find(|role| role.word() == word)
    }
}

/// A case of a claim, by which both sides make the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseId {
    /// The fixed case of this number, from 0, which the student's check shows too.
    Fixed(usize),
    /// The case that is drawn from this seed.
    Seed(u64),
}

impl CaseId {
    fn to_json(self) -> Value {
        match self {
            Self::Fixed(number) => json!({ "fixed": number }),
            Self::Seed(seed) => json!({ "seed": seed }),
        }
    }

    fn from_json(value: &Value) -> Option<Self> {
        if let Some(number) = value["fixed"].as_u64() {
            return Some(Self::Fixed(usize::try_from(number).ok()?));
        }
        value["seed"].as_u64().map(Self::Seed)
    }
}

/// What the grader asks of a test program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// What is the claim like? The reply is a [`Description`].
    Describe,
    /// What does the code under test answer in this case? The reply is an [`Answered`] with the same token.
    Answer {
        /// The case.
        case: CaseId,
        /// Drawn for this request alone: an answer that was prepared beforehand cannot carry it.
        token: String,
    },
    /// Is this answer right? The reply is a [`Judgement`].
    Judge {
        /// The case.
        case: CaseId,
        /// The bytes of an [`Answered`].
        answer: Vec<u8>,
    },
}

impl Request {
    /// The line to send.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Describe => json!({ "describe": true }),
            Self::Answer { case, token } => json!({ "answer": case.to_json(), "token": token }),
            Self::Judge { case, answer } => {
                json!({ "judge": case.to_json(), "answer": to_hex(answer) })
            }
        }
    }

    /// The request in a line; `None` if it is not one.
    pub fn from_json(value: &Value) -> Option<Self> {
        if value["describe"] == true {
            return Some(Self::Describe);
        }
        let text = |field: &str| value[field].as_str();
        if let Some(case) = CaseId::from_json(&value["judge"]) {
            let answer = from_hex(text("answer")?)?;
            return Some(Self::Judge { case, answer });
        }
        Some(Self::Answer {
            case: CaseId::from_json(&value["answer"])?,
            token: text("token")?.to_owned(),
        })
    }
}

/// What a claim is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Description {
    /// How many fixed cases it has.
    pub fixed: usize,
    /// How many random cases it wants; 0 if it draws none.
    pub random: usize,
    /// How the work of its random cases overlaps, if an observer outside the process looks at that.
    pub overlap: Option<OverlapKind>,
}

/// How work overlaps, in the eyes of an observer outside the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverlapKind {
    /// The threads wait for each other in every call. On a busy machine they hardly ever run at once, so only the CPU time
    /// that each of them uses can tell.
    Paired,
    /// No thread waits for another: two are runnable at once nearly all the time.
    Free,
}

impl OverlapKind {
    fn word(self) -> &'static str {
        match self {
            Self::Paired => "paired",
            Self::Free => "free",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Paired, Self::Free].into_iter().find(|overlap| overlap.word() == word)
    }
}

impl Description {
    /// The reply to [`Request::Describe`].
    pub fn to_json(&self) -> Value {
        let overlap = self.overlap.map(OverlapKind::word);
        json!({ "fixed": self.fixed, "random": self.random, "overlap": overlap })
    }

    /// The description in a reply; `None` if it is not one.
    pub fn from_json(value: &Value) -> Option<Self> {
        let count = |field: &str| usize::try_from(value[field].as_u64()?).ok();
        Some(Self {
            fixed: count("fixed")?,
            random: count("random")?,
            overlap: match value.get("overlap")? {
                Value::Null => None,
                word => Some(OverlapKind::from_word(word.as_str()?)?),
            },
        })
    }
}

/// What the code under test answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The token of the request.
    pub token: String,
    /// The answer, as bytes that only the judge reads.
    pub answer: Vec<u8>,
}

impl Answered {
    /// The reply to [`Request::Answer`].
    pub fn to_json(&self) -> Value {
        json!({ "token": self.token, "answer": to_hex(&self.answer) })
    }

    /// The answer in a reply; `None` if it is not one.
    pub fn from_json(value: &Value) -> Option<Self> {
        let text = |field: &str| value[field].as_str();
        Some(Self { token: text("token")?.to_owned(), answer: from_hex(text("answer")?)? })
    }
}

/// Whether an answer is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It is.
    Right,
    /// It is not.
    Wrong {
        /// What was seen.
        actual: String,
        /// What was expected.
        expected: String,
        /// The values are right, but the work did not overlap.
        serial: bool,
    },
}

impl Judgement {
    /// The reply to [`Request::Judge`].
    pub fn to_json(&self) -> Value {
        match self {
            Self::Right => json!({ "right": true }),
            Self::Wrong { actual, expected, serial } => {
                json!({ "right": false, "actual": actual, "expected": expected, "serial": serial })
            }
        }
    }

    /// The judgement in a reply; `None` if it is not one.
    pub fn from_json(value: &Value) -> Option<Self> {
        if value["right"].as_bool()? {
            return Some(Self::Right);
        }
        let text = |field: &str| value[field].as_str().map(str::to_owned);
        Some(Self::Wrong {
            actual: text("actual")?,
            expected: text("expected")?,
            serial: value["serial"].as_bool()?,
        })
    }
}

fn to_hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    let digits = bytes.iter();
    digits.flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let bytes = digits.chunks(2).map(|pair| Some(value(pair[0])? << 4 | value(*pair.get(1)?)?));
    bytes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_comes_back_from_its_line() {
        let answer = (0..=255).collect();
        for request in [
            Request::Describe,
            Request::Answer { case: CaseId::Seed(u64::MAX), token: "7".to_owned() },
            Request::Judge { case: CaseId::Fixed(0), answer },
        ] {
            assert_eq!(Request::from_json(&request.to_json()), Some(request));
        }
    }

    #[test]
    fn a_reply_comes_back_from_its_line() {
        for overlap in [None, Some(OverlapKind::Paired), Some(OverlapKind::Free)] {
            let description = Description { fixed: 3, random: 20, overlap };
            assert_eq!(Description::from_json(&description.to_json()), Some(description));
        }
        let wrong = Judgement::Wrong {
            actual: "n = 3: \"2\"".to_owned(),
            expected: "3".to_owned(),
            serial: false,
        };
        for judgement in [Judgement::Right, wrong] {
            assert_eq!(Judgement::from_json(&judgement.to_json()), Some(judgement));
        }
    }

    #[test]
    fn what_is_not_an_answer_is_none() {
        let answered =
            |answer: &str| Answered::from_json(&json!({ "token": "1", "answer": answer }));
        assert_eq!(answered("00ff").unwrap().answer, [0, 255]);
        for answer in ["0", "0g", "ß", "0F"] {
            assert_eq!(answered(answer), None, "{answer}");
        }
        for value in [json!(null), json!({}), json!([]), json!({ "token": 1, "answer": "" })] {
            assert_eq!(Answered::from_json(&value), None, "{value}");
        }
    }
}
