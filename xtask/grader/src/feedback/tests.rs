use std::process::Command;

use pulldown_cmark::{Event, Options, Parser};

use super::*;
use crate::record::Outcome;
use crate::table::example;

fn record_of(student: &str) -> Record {
    let records = example::results().records;
    records.into_iter().find(|record| record.student == student).unwrap()
}

#[test]
fn the_students_page_says_what_to_do_and_the_instructors_shows_everything() {
    let [(_, student), (_, instructor)] = pages(&record_of("bob"), "bob", "handed in");
    insta::assert_snapshot!(student, @"
    # `02-chunked-integration`: wrong on unseen

    ```text
    right on the course's checks, wrong on unseen cases
    ```

    ## What does not hold

    ```text
    the result agrees with the serial sum
    (on an unseen case, which the course's checks do not show)
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
    insta::assert_snapshot!(instructor, @"
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
    (on an unseen case, which the course's checks do not show)
    seen: n = 7919 in 13 chunks
    expected: 0.7071067811
    ```

    ```text
    no range is empty
    seen: 5 ranges of 3 samples
    expected: 3 ranges
    ```

    ## To repeat

    ```sh
    cargo xtask grade 'handed in' --student bob --lesson 02 --seed 8675309
    ```

    - compiled in 1.0 s, tested in 0.2 s
    - fingerprint of the submission: none
    - fingerprint of its code without formatting and comments: `x`
    ");
}

#[test]
fn a_students_page_has_a_next_step_and_no_text_of_an_unseen_case_for_every_outcome() {
    // In every field of a record but the reason, which the student may read.
    let unseen = example::UNSEEN.join(" ");
    for outcome in Outcome::ALL {
        let mut record = record_of("bob");
        record.outcome = outcome;
        record.flags = vec![unseen.clone()];
        record.fingerprint = Some(unseen.clone());
        record.token_fingerprint = Some(unseen.clone());
        // The first of them is unseen.
        record.failed_claims[0].seen = unseen.clone();
        record.failed_claims[0].expected = unseen.clone();
        let view = serde_json::to_string(&students_view(&record)).unwrap();
        let [(_, student), (_, instructor)] = pages(&record, "bob", "class");
        for unseen in example::UNSEEN {
            assert!(!view.contains(unseen), "{unseen} in {view}");
            assert!(!student.contains(unseen), "{unseen} in\n{student}");
            assert!(instructor.contains(unseen), "{unseen} not in\n{instructor}");
        }
        let steps = student.split_once("## What to do next\n\n- ").unwrap().1;
        assert!(!steps.trim().is_empty(), "{student}");
    }
}

/// The structure of a page, without its texts.
fn structure(page: &str) -> Vec<String> {
    let events = Parser::new_ext(page, Options::all());
    let structure = events.map(|event| match event {
        Event::Text(_) | Event::Code(_) => "text".to_owned(),
        other => format!("{other:?}"),
    });
    // A text may be several events.
    let mut structure: Vec<_> = structure.collect();
    structure.dedup();
    structure
}

#[test]
fn hostile_text_does_not_change_the_structure_of_the_pages() {
    let hostile = record_of("eve");
    let mut harmless = hostile.clone();
    for text in [
        &mut harmless.reason,
        &mut harmless.flags[0],
        &mut harmless.errors[0],
        &mut harmless.failed_claims[0].seen,
    ] {
        *text = text.replace(example::HOSTILE, "harmless");
    }
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
fn no_name_of_a_lesson_leads_out_of_the_students_folder() {
    for (lesson, file) in [
        (Some("02-chunked-integration"), "02-chunked-integration.md"),
        (None, "no-lesson.md"),
        (Some("../../x"), "%2E.%2F..%2Fx.md"),
    ] {
        let record = Record::new("ann", lesson, Outcome::Refused, "");
        let files = pages(&record, "ann", "class").map(|(file, _)| file);
        let expected = ["feedback/ann", "instructor/ann"].map(|at| PathBuf::from(at).join(file));
        assert_eq!(files, expected);
    }
}

#[cfg(unix)]
#[test]
fn the_command_to_repeat_quotes_every_name() {
    for name in
        ["ann", "O'Brien", "$(touch x)", "`id`; rm -rf .", "a b\\n", "-rf", "'\"'\"", "!!", "*"]
    {
        let record = Record::new(name, Some("02-chunked-integration"), Outcome::Failed, "");
        let page = &pages(&record, "x", name)[1].1;
        let command = page.lines().find(|line| line.starts_with("cargo xtask grade")).unwrap();
        let command = command.replace("cargo xtask grade", "printf '%s\\n'");
        let printed = Command::new("sh").args(["-c", &command]).output().unwrap();
        let printed = String::from_utf8(printed.stdout).unwrap();
        let words: Vec<_> = printed.lines().collect();
        assert_eq!(words, [name, "--student", name, "--lesson", "02"]);
    }
}
