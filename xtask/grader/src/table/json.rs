//! The document for programs and for `cargo xtask merge`. It holds everything, including unseen cases.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::record::Outcome;
use crate::results::Results;
use crate::similarity::SameCode;

const KIND: &str = "grade";

/// The version of the document. It increases when a field changes its meaning or disappears, but not for a new field.
const SCHEMA: u32 = 1;

/// What a document of any kind begins with.
#[derive(Serialize, Deserialize)]
struct Head {
    #[serde(default)]
    schema: Value,
    #[serde(default)]
    kind: Value,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    head: Head,
    /// The number of records of each outcome.
    counts: BTreeMap<Outcome, usize>,
    alike: Vec<SameCode>,
    #[serde(flatten)]
    results: &'a Results,
}

impl Head {
    fn of_results() -> Self {
        Self { schema: SCHEMA.into(), kind: KIND.into() }
    }
}

/// The document of the results, with `counts` by outcome and `alike`, the groups of students with the same code.
///
/// # Errors
///
/// A duration is not a finite number.
pub fn document(results: &Results) -> Result<String> {
    let (counts, alike) = (results.counts(), results.alike());
    let document = Document { head: Head::of_results(), counts, alike, results };
    // By way of a value, which sorts the fields.
    Ok(format!("{:#}\n", serde_json::to_value(document)?))
}

/// Parses the results in a document.
///
/// # Errors
///
/// The text is not a document of this version.
pub fn parse(document: &str) -> Result<Results> {
    let Head { schema, kind } =
        serde_json::from_str(document).context("it is not a JSON document")?;
    ensure!(
        kind == KIND && schema == SCHEMA,
        "it is a document of kind {kind} and schema {schema}, where \"{KIND}\" and {SCHEMA} are expected; \
         grade again with this version of the course"
    );
    serde_json::from_str(document).context("it is not a document that `grade` wrote")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
        insta::assert_snapshot!(refused(r#"{"schema": 1, "kind": "grade"}"#), @"it is not a document that `grade` wrote: missing field `course` at line 1 column 30");
        insta::assert_snapshot!(refused("[]"), @r#"it is a document of kind null and schema null, where "grade" and 1 are expected; grade again with this version of the course"#);
        assert!(refused("").starts_with("it is not a JSON document"));
    }
}
