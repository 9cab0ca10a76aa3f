//! The document that programs read, and that `grade merge` reads again. It has everything, unseen cases too.

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use crate::results::Results;

/// Raised when a field changes its meaning or goes; a new field does not raise it.
const SCHEMA: u32 = 1;

/// The results, and what follows from them: `counts` by outcome, `alike` (groups of students with the same code).
///
/// # Errors
///
/// A figure is no number.
pub fn document(results: &Results) -> Result<String> {
    let counts: Map<_, _> = results
        .counts()
        .into_iter()
        .map(|(outcome, count)| (outcome.word(), count.into()))
        .collect();
    let alike = results.alike().into_iter().map(
        |alike| json!({ "lesson": alike.lesson, "students": alike.students, "model": alike.model }),
    );
    let mut document = json!({
        "schema": SCHEMA,
        "kind": "grade",
        "counts": counts,
        "alike": alike.collect::<Vec<_>>(),
    });
    if let (Value::Object(document), Value::Object(results)) =
        (&mut document, serde_json::to_value(results)?)
    {
        document.extend(results);
    }
    Ok(format!("{document:#}\n"))
}

/// The results that a document holds.
///
/// # Errors
///
/// It is no document of this version.
pub fn parse(document: &str) -> Result<Results> {
    let document: Value = serde_json::from_str(document).context("it is no JSON document")?;
    let (kind, schema) = (&document["kind"], &document["schema"]);
    ensure!(
        kind == "grade" && *schema == SCHEMA,
        "it is a document of kind {kind} and schema {schema}, where \"grade\" and {SCHEMA} are expected; \
         grade again with this version of the course"
    );
    serde_json::from_value(document).context("it is no document as `grade` writes it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::example;

    #[test]
    fn a_document_holds_all_that_was_found() {
        let results = example::results();
        assert_eq!(parse(&document(&results).unwrap()).unwrap(), results);
    }

    #[test]
    fn a_document_tells_what_follows_from_the_records() {
        let document: Value =
            serde_json::from_str(&document(&example::results()).unwrap()).unwrap();
        assert_eq!(document["counts"]["wrong-on-unseen"], 1);
        assert_eq!(
            document["alike"],
            json!([{ "lesson": "02-chunked-integration", "students": ["ann", "bob"], "model": false }])
        );
        assert_eq!(
            document["records"][1]["complaints"][0]["seen"],
            example::UNSEEN[0]
        );
    }

    #[test]
    fn another_document_is_refused_with_what_it_is() {
        let refused = |text: &str| format!("{:#}", parse(text).unwrap_err());
        insta::assert_snapshot!(refused(r#"{"schema": 2, "kind": "grade"}"#), @r#"it is a document of kind "grade" and schema 2, where "grade" and 1 are expected; grade again with this version of the course"#);
        insta::assert_snapshot!(refused(r#"{"schema": 1, "kind": "sweep"}"#), @r#"it is a document of kind "sweep" and schema 1, where "grade" and 1 are expected; grade again with this version of the course"#);
        insta::assert_snapshot!(refused(r#"{"schema": 1, "kind": "grade"}"#), @"it is no document as `grade` writes it: missing field `course`");
        insta::assert_snapshot!(refused("[]"), @r#"it is a document of kind null and schema null, where "grade" and 1 are expected; grade again with this version of the course"#);
        assert!(refused("").starts_with("it is no JSON document"));
    }
}
