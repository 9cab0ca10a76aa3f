//! The document for programs and for `cargo xtask merge`. It holds everything, including unseen cases.

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use crate::results::Results;

/// The version of the document. It increases when a field changes its meaning or disappears, but not for a new field.
const SCHEMA: u32 = 1;

/// The document of the results, with `counts` by outcome and `alike`, the groups of students with the same code.
///
/// # Errors
///
/// A duration is not a finite number.
pub fn document(results: &Results) -> Result<String> {
    let counts: Map<_, _> =
        results.counts().into_iter().map(|(outcome, count)| (outcome.id(), count.into())).collect();
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

/// Parses the results in a document.
///
/// # Errors
///
/// The text is not a document of this version.
pub fn parse(document: &str) -> Result<Results> {
    let document: Value = serde_json::from_str(document).context("it is not a JSON document")?;
    let (kind, schema) = (&document["kind"], &document["schema"]);
    ensure!(
        kind == "grade" && *schema == SCHEMA,
        "it is a document of kind {kind} and schema {schema}, where \"grade\" and {SCHEMA} are expected; \
         grade again with this version of the course"
    );
    serde_json::from_value(document).context("it is not a document that `grade` wrote")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::example;

    #[test]
    fn a_document_holds_all_results() {
        let results = example::results();
        assert_eq!(parse(&document(&results).unwrap()).unwrap(), results);
    }

    #[test]
    fn a_document_holds_counts_and_groups() {
        let document: Value =
            serde_json::from_str(&document(&example::results()).unwrap()).unwrap();
        assert_eq!(document["counts"]["wrong-on-unseen"], 1);
        assert_eq!(
            document["alike"],
            json!([{ "lesson": "02-chunked-integration", "students": ["ann", "bob"], "model": false }])
        );
        assert_eq!(document["records"][1]["complaints"][0]["seen"], example::UNSEEN[0]);
    }

    #[test]
    fn another_document_is_an_error_that_says_what_it_is() {
        let refused = |text: &str| format!("{:#}", parse(text).unwrap_err());
        insta::assert_snapshot!(refused(r#"{"schema": 2, "kind": "grade"}"#), @r#"it is a document of kind "grade" and schema 2, where "grade" and 1 are expected; grade again with this version of the course"#);
        insta::assert_snapshot!(refused(r#"{"schema": 1, "kind": "sweep"}"#), @r#"it is a document of kind "sweep" and schema 1, where "grade" and 1 are expected; grade again with this version of the course"#);
        insta::assert_snapshot!(refused(r#"{"schema": 1, "kind": "grade"}"#), @"it is not a document that `grade` wrote: missing field `course`");
        insta::assert_snapshot!(refused("[]"), @r#"it is a document of kind null and schema null, where "grade" and 1 are expected; grade again with this version of the course"#);
        assert!(refused("").starts_with("it is not a JSON document"));
    }
}
