//! The report for CI: a test suite for each lesson, a test case for each student. It shows no unseen case.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use anyhow::Result;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::feedback;
use crate::record::{Outcome, Record};
use crate::results::Results;
use crate::sanitize;

/// The suite of students whose folders hold no lesson.
const NO_LESSON: &str = "no lesson";

/// The elements that mark a test case that did not pass, each with the attribute of a suite that counts them.
const KINDS: [(&str, &str); 3] =
    [("failure", "failures"), ("error", "errors"), ("skipped", "skipped")];

/// The report as XML by Jenkins' schema (`junit-10.xsd`). *Not started* is skipped, *refused* and *not graded* are errors, and
/// every other outcome but *passed* is a failure, with the outcome as its type.
///
/// # Errors
///
/// Never in practice, since it is written to memory.
pub fn junit(results: &Results) -> Result<String> {
    let mut suites = BTreeMap::<&str, Vec<&Record>>::new();
    for record in &results.records {
        let lesson = record.lesson.as_deref().unwrap_or(NO_LESSON);
        suites.entry(lesson).or_default().push(record);
    }
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all: Vec<_> = results.records.iter().collect();
    xml.create_element("testsuites")
        .with_attributes(counts("grade", &all, &KINDS[..2]))
        .write_inner_content(|xml| {
            suites.iter().try_for_each(|(lesson, records)| {
                xml.create_element("testsuite")
                    .with_attributes(counts(lesson, records, &KINDS))
                    .write_inner_content(|xml| {
                        records.iter().try_for_each(|record| case(xml, lesson, record))
                    })?;
                Ok(())
            })
        })?;
    Ok(String::from_utf8(xml.into_inner())? + "\n")
}

/// The attributes of a suite: its name, and its number of cases of each kind.
fn counts(
    name: &str,
    records: &[&Record],
    kinds: &[(&str, &'static str)],
) -> Vec<(&'static str, Cow<'static, str>)> {
    let counted = kinds.iter().map(|(kind, attribute)| {
        let count = records.iter().filter(|record| element(record.outcome) == Some(kind)).count();
        (*attribute, count.to_string().into())
    });
    let named =
        [("name", sanitize::line(name).into()), ("tests", records.len().to_string().into())];
    named.into_iter().chain(counted).collect()
}

fn element(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Passed => None,
        Outcome::NotStarted => Some("skipped"),
        Outcome::Refused | Outcome::NotGraded => Some("error"),
        _ => Some("failure"),
    }
}

fn case(xml: &mut Writer<Vec<u8>>, lesson: &str, record: &Record) -> io::Result<()> {
    let seconds = format!("{:.3}", record.compiling_s + record.testing_s);
    let case = xml.create_element("testcase").with_attributes([
        ("name", &*sanitize::line(&record.student)),
        ("classname", &*sanitize::line(lesson)),
        ("time", &*seconds),
    ]);
    let Some(element) = element(record.outcome) else {
        return case.write_empty().map(drop);
    };
    case.write_inner_content(|xml| {
        xml.create_element(element)
            .with_attributes([
                ("message", &*sanitize::line(&record.reason)),
                ("type", &*record.outcome.id()),
            ])
            .write_text_content(BytesText::new(&description(record)))?;
        Ok(())
    })?;
    Ok(())
}

/// What the student may read of a record, in paragraphs.
fn description(record: &Record) -> String {
    let view = feedback::students_view(record);
    let mut paragraphs = vec![view.reason];
    paragraphs.extend(view.failed_claims.iter().map(ToString::to_string));
    paragraphs.extend(view.errors);
    sanitize::block(&paragraphs.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::table::example;

    #[test]
    fn the_report_of_hostile_text_is_xml_with_a_case_for_each_record_and_counts_them() {
        let results = example::results();
        let text = junit(&results).unwrap();
        let report = Document::parse(&text).unwrap();
        let cases: Vec<_> =
            report.descendants().filter(|node| node.has_tag_name("testcase")).collect();
        assert_eq!(cases.len(), results.records.len());
        let of = |student: &str| {
            let cases = cases.iter().filter(|case| case.attribute("name") == Some(student));
            let kinds = cases.map(|case| {
                let what = case.children().find(|node| node.is_element());
                let what = what.map_or("passed", |what| what.tag_name().name());
                format!("{} {what}", case.attribute("classname").unwrap())
            });
            kinds.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(of("ann"), "02-chunked-integration passed");
        assert_eq!(of("bob"), "02-chunked-integration failure");
        assert_eq!(of("eve"), "02-chunked-integration failure");
        assert_eq!(of("李雷"), "no lesson error");
        assert_eq!(of("zoe"), "01-refactor-to-map error, 02-chunked-integration skipped");
        for suite in report.descendants().filter(|node| node.has_tag_name("testsuite")) {
            for (tag, attribute) in KINDS.into_iter().chain([("testcase", "tests")]) {
                let counted = suite.descendants().filter(|node| node.has_tag_name(tag)).count();
                assert_eq!(suite.attribute(attribute), Some(&*counted.to_string()), "{attribute}");
            }
        }
    }

    #[test]
    fn no_text_of_an_unseen_case_is_in_the_report() {
        let text = junit(&example::results()).unwrap();
        assert!(text.contains("the result agrees with the serial sum"));
        for unseen in example::UNSEEN {
            assert!(!text.contains(unseen), "{unseen}");
        }
    }
}
