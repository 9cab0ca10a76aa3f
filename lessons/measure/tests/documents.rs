//! The documents keep their schema: one of each command, as it was written before they were typed, shortened, is read and
//! written again without a difference.

use measure::protocol::{
    CheckDocument, DoctorDocument, Document, DocumentError, Json, Kind, ListDocument, Remembered,
};
use serde_json::{Value, json};

macro_rules! example {
    ($name:literal) => {
        json(include_str!(concat!("documents/", $name, ".json")))
    };
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn documents() -> [(Kind, Value); 5] {
    [
        (Kind::Sweep, example!("sweep")),
        (Kind::Trace, example!("trace")),
        (Kind::Compare, example!("compare")),
        (Kind::Bench, example!("bench")),
        (Kind::Peers, example!("peers")),
    ]
}

fn write_again(json: &Value) -> Value {
    match Document::from_json(json).unwrap_or_else(|error| panic!("{error}")) {
        Document::Sweep(document) => document.to_json(),
        Document::Trace(document) => document.to_json(),
        Document::Compare(document) => document.to_json(),
        Document::Bench(document) => document.to_json(),
        Document::Peers(document) => document.to_json(),
    }
}

#[test]
fn what_a_measuring_command_keeps_is_written_as_it_was_read() {
    for (kind, json) in documents() {
        assert_eq!(json["kind"], kind.word());
        assert_eq!(write_again(&json), json, "{}", kind.word());
    }
}

#[test]
fn a_comparison_without_repetitions_has_no_tally() {
    let mut json = example!("compare");
    json.as_object_mut().expect("an object").remove("tally");
    assert_eq!(write_again(&json), json);
}

#[test]
fn what_check_list_and_doctor_print_is_written_as_it_was_read() {
    let check = example!("check");
    assert_eq!(CheckDocument::from_json(&check).unwrap().to_json(), check);
    let list = example!("list");
    assert_eq!(ListDocument::from_json(&list).unwrap().to_json(), list);
    let doctor = example!("doctor");
    assert_eq!(DoctorDocument::from_json(&doctor).unwrap().to_json(), doctor);
}

#[test]
fn only_what_was_found_of_a_lesson_is_kept() {
    for json in [
        json!({ "hints_shown": 0 }),
        json!({ "hints_shown": 2, "correct": 7, "passed": 7, "measured": u64::MAX }),
    ] {
        assert_eq!(Remembered::from_json(&json).unwrap().to_json(), json);
    }
}

#[test]
fn a_damaged_document_is_refused_with_the_field() {
    let mut json = example!("sweep");
    json["sweeps"][1]["steps"][0]["speed_up"] = json!({ "low": 1, "high": 2 });
    let error = Document::from_json(&json).unwrap_err().to_string();
    assert_eq!(error, "sweep document: `sweeps[1].steps[0].speed_up.median` is missing");
    assert_eq!(
        Document::from_json(&json!({ "schema": 2, "kind": "sweep" })),
        Err(DocumentError::OtherSchema(2))
    );
    let error = Document::from_json(&json!({})).unwrap_err().to_string();
    assert!(error.starts_with("`schema` is missing"), "{error}");
}
