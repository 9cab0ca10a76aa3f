use std::process::Command;

use pulldown_cmark::{Event, Options, Parser};

use super::*;
use crate::record::Outcome;
use crate::table::example;

fn record_of(student: &str) -> Record {
    let records = example::results().records;
    records
        .into_iter()
        .find(|record| record.student == student)
        .unwrap()
}

fn page(student: &str, view: usize) -> String {
    pages(&record_of(student), student, "handed in")[view]
        .1
        .clone()
}

#[test]
fn a_student_reads_what_the_courses_checks_saw_and_what_to_do() {
    insta::assert_snapshot!(page("bob", 0), @"
    # `02-chunked-integration`: wrong on unseen

    ```text
    right on the course's checks, wrong on unseen cases
    ```

    ## What does not hold

    ```text
    the result agrees with the serial sum
    (on a case of the grader's own, which the course's checks do not show)
    ```

    ```text
    no range is empty
    seen: 5 ranges of 3 samples
    expected: 3 ranges
    ```

    ## What to do next

    - Read the contract above the function again: it holds for every input, also for the ones that no check tries
    - `cargo xtask check 02` says how far you are, as often as you like
    - `cargo xtask hint 02` helps, a little more each time
    ");
}

#[test]
fn the_instructor_reads_everything() {
    insta::assert_snapshot!(page("bob", 1), @"
    # `02-chunked-integration`: wrong on unseen

    ```text
    right on the course's checks, wrong on unseen cases
    ```

    Student: `bob`

    ## To look at

    ```text
    it printed while it was asked
    ```

    ## What does not hold

    ```text
    the result agrees with the serial sum
    (on a case of the grader's own, which the course's checks do not show)
    seen: n = 7919 in 13 chunks
    expected: 0.7071067811
    ```

    ```text
    no range is empty
    seen: 5 ranges of 3 samples
    expected: 3 ranges
    ```

    ## What it printed

    ```text
    trying n = 7919 in 13 chunks
    ```

    ## To repeat

    ```sh
    cargo xtask grade 'handed in' --student bob --lesson 02 --seed 8675309
    ```

    - compiled in 1.0 s, tested in 0.2 s
    - the submission's fingerprint: none
    - its likeness, the same for code that formatting makes equal: `x`
    ");
}

#[test]
fn no_text_of_an_unseen_case_is_in_a_students_page() {
    // Wherever a record may have it, but for the reason, which is for the student.
    let unseen = example::UNSEEN.join(" ");
    for outcome in Outcome::ALL {
        let mut record = record_of("bob");
        record.outcome = outcome;
        record.output = unseen.clone();
        record.flags = vec![unseen.clone()];
        record.fingerprint = Some(unseen.clone());
        record.token_fingerprint = Some(unseen.clone());
        for complaint in record
            .failed_claims
            .iter_mut()
            .filter(|complaint| complaint.unseen)
        {
            complaint.seen = unseen.clone();
            complaint.expected = unseen.clone();
        }
        let view = serde_json::to_string(&students_view(&record)).unwrap();
        let [(_, student), (_, instructor)] = pages(&record, "bob", "class");
        for unseen in example::UNSEEN {
            assert!(!view.contains(unseen), "{unseen} in {view}");
            assert!(!student.contains(unseen), "{unseen} in\n{student}");
            assert!(instructor.contains(unseen), "{unseen} not in\n{instructor}");
        }
    }
}

#[test]
fn every_outcome_has_a_next_step() {
    for outcome in Outcome::ALL {
        let record = Record::new("ann", Some("02-chunked-integration"), outcome, "");
        let page = &pages(&record, "ann", "class")[0].1;
        let steps = page.split_once("## What to do next\n\n- ").unwrap().1;
        assert!(!steps.trim().is_empty());
    }
}

/// The page's structure: all but the texts.
fn structure(page: &str) -> Vec<String> {
    let events = Parser::new_ext(page, Options::all());
    let structure = events.map(|event| match event {
        Event::Text(_) | Event::Code(_) => "text".to_owned(),
        other => format!("{other:?}"),
    });
    // A text of two lines may be one event or two.
    let mut structure: Vec<_> = structure.collect();
    structure.dedup();
    structure
}

#[test]
fn whatever_a_submission_brings_the_pages_keep_their_shape() {
    let hostile = record_of("eve");
    let mut harmless = hostile.clone();
    let harmless_of = |text: &str| text.replace(example::HOSTILE, "harmless");
    harmless.reason = harmless_of(&harmless.reason);
    harmless.output = harmless_of(&harmless.output);
    harmless.flags = harmless
        .flags
        .iter()
        .map(|flag| harmless_of(flag))
        .collect();
    harmless.errors = harmless
        .errors
        .iter()
        .map(|error| harmless_of(error))
        .collect();
    harmless.failed_claims[0].seen = harmless_of(&harmless.failed_claims[0].seen);
    assert_ne!(hostile, harmless);
    let both =
        [hostile, harmless].map(|record| pages(&record, "eve", "class").map(|(_, page)| page));
    for (one, other) in both[0].iter().zip(&both[1]) {
        assert_eq!(structure(one), structure(other));
        assert!(!one.contains(|letter: char| letter.is_control() && letter != '\n'));
        assert!(!one.contains(['\u{202e}', '\u{ffff}']));
    }
}

#[test]
fn the_pages_lie_in_the_students_folder_whatever_the_lesson_is_called() {
    let files = |lesson| {
        let record = Record::new("ann", lesson, Outcome::Refused, "");
        pages(&record, "ann", "class")
            .map(|(file, _)| file.to_str().unwrap().replace('\\', "/"))
            .join(" ")
    };
    assert_eq!(
        files(Some("02-chunked-integration")),
        "feedback/ann/02-chunked-integration.md instructor/ann/02-chunked-integration.md"
    );
    assert_eq!(
        files(None),
        "feedback/ann/no-lesson.md instructor/ann/no-lesson.md"
    );
    assert_eq!(
        files(Some("../../x")),
        "feedback/ann/%2E.%2F..%2Fx.md instructor/ann/%2E.%2F..%2Fx.md"
    );
}

#[cfg(unix)]
#[test]
fn the_command_to_repeat_says_the_name_and_runs_nothing_in_it() {
    for name in [
        "ann",
        "O'Brien",
        "$(touch x)",
        "`id`; rm -rf .",
        "a b\\n",
        "-rf",
        "'\"'\"",
        "!!",
        "*",
    ] {
        let record = Record::new(name, Some("02-chunked-integration"), Outcome::Failed, "");
        let page = &pages(&record, "x", name)[1].1;
        let command = page
            .lines()
            .find(|line| line.starts_with("cargo xtask grade"))
            .unwrap();
        let said = Command::new("sh")
            .args([
                "-c",
                &command.replace("cargo xtask grade", "printf '%s\\n'"),
            ])
            .output()
            .unwrap();
        let said = String::from_utf8(said.stdout).unwrap();
        assert_eq!(
            said.lines().collect::<Vec<_>>(),
            [name, "--student", name, "--lesson", "02"]
        );
    }
}
