//! Frames: a first line with the token that was asked for, and then what the submission answered.

#![no_main]

use grader::sitting::carried;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

fuzz_target!(|input: &str| {
    let (token, text) = input.split_once('\n').unwrap_or(("7", input));
    let Some(answer) = carried(text, token) else {
        return;
    };
    let told: Value = serde_json::from_str(text).expect("what carries a token is JSON");
    assert_eq!(told.get("token"), Some(&json!(token)));
    assert_eq!(told.get("answer").unwrap_or(&Value::Null), &answer);
    // The answer goes on to the examiner, in a frame like this one, which has to understand it.
    let request = json!({ "judge": 0, "seed": 1, "answer": answer }).to_string();
    assert!(!request.contains('\n'));
    serde_json::from_str::<Value>(&request).expect("what was read can be read again");
});
