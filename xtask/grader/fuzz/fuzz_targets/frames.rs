//! Frames: a first line with the token that was asked for, and then what the submission answered.

#![no_main]

use grader::exam::answer_with_token;
use libfuzzer_sys::fuzz_target;
use measure::protocol::claims::{Answered, CaseId, ClaimRequest};
use measure::protocol::{Json, from_text};

fuzz_target!(|input: &str| {
    let (token, text) = input.split_once('\n').unwrap_or(("7", input));
    let Some(answer) = answer_with_token(text, token) else {
        return;
    };
    let answered: Answered = from_text(text).expect("what carries a token is an answer");
    assert_eq!((&*answered.token, &answered.answer), (token, &answer));
    // The answer goes on to the oracle, in a request that it has to understand.
    let case = CaseId::Fixed(0);
    let request = Request::Judge { case, answer };
    let line = request.to_json().to_string();
    assert!(!line.contains('\n'));
    assert_eq!(from_text(&line), Ok(request));
});
