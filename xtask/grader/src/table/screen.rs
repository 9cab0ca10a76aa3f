//! The table for the terminal: the instructor's. A line a student and lesson, then what is to be looked at.

use std::collections::BTreeSet;

use anstyle::Style;
use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr;
use xtask_core::report::screen::wrapped;
use xtask_core::report::{BAD, BOLD, FAINT, GOOD, OPEN, styled};

use crate::record::{Outcome, Record};
use crate::results::Results;
use crate::sanitize;

/// Columns of the longest name that is shown whole.
const NAME: usize = 24;
/// As wide as its heading: the number of a lesson is shorter.
const LESSON: usize = 6;
/// As wide as the longest outcome.
const OUTCOME: usize = 15;
/// Columns of a reason, however narrow the terminal is.
const LEAST_REASON: usize = 20;

/// The table, the counts, the flags, who handed in the same code, the notes, and what confined the submissions; at most
/// this many columns wide, if that is enough for the table.
pub fn screen(results: &Results, width: usize) -> String {
    let name = names(results)
        .map(|name| name.width())
        .max()
        .unwrap_or_default()
        .clamp(7, NAME);
    let reason = width
        .saturating_sub(2 + name + 2 + LESSON + 2 + OUTCOME + 2)
        .max(LEAST_REASON);
    let heading = format!(
        "  {}  lesson  {}  why",
        padded("student", name),
        padded("outcome", OUTCOME)
    );
    let mut screen = format!("{}\n", styled(FAINT, &heading));
    for record in &results.records {
        screen += &line(record, name, reason);
    }
    screen += &format!("\n{}\n", styled(BOLD, &wrapped(&summary(results), width)));
    let flags = results.records.iter().flat_map(|record| {
        record
            .flags
            .iter()
            .map(|flag| format!("{} {}: {flag}", record.student, number(record)))
    });
    screen += &section("to look at", flags, width);
    let alike = results.alike();
    screen += &section(
        "alike (as short exercises often are)",
        alike.iter().map(ToString::to_string),
        width,
    );
    screen += &section("notes", results.notes.iter().cloned(), width);
    screen + &section("confined by", results.confinement.iter().cloned(), width)
}

fn line(record: &Record, name: usize, reason: usize) -> String {
    let mark = if record.flags.is_empty() {
        " ".to_owned()
    } else {
        styled(OPEN, "!")
    };
    let why = sanitize::truncate(&sanitize::line(&record.reason), reason);
    let outcome = if why.is_empty() {
        record.outcome.words()
    } else {
        &padded(record.outcome.words(), OUTCOME + 2)
    };
    format!(
        "{mark} {}  {}  {}{why}\n",
        padded(&sanitize::truncate(&record.student, name), name),
        padded(number(record), LESSON),
        styled(colour(record.outcome), outcome),
    )
}

fn colour(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Passed => GOOD,
        Outcome::NotStarted | Outcome::NotGraded => OPEN,
        _ => BAD,
    }
}

/// `NN`, as it is typed.
fn number(record: &Record) -> &str {
    let lesson = record.lesson.as_deref().unwrap_or("–");
    lesson.split('-').next().unwrap_or(lesson)
}

/// `6 submissions of 5 students: 1 passed, 1 refused`.
fn summary(results: &Results) -> String {
    let counted =
        |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let students = names(results).collect::<BTreeSet<_>>().len();
    let counts: Vec<_> = results
        .counts()
        .iter()
        .map(|(outcome, count)| format!("{count} {}", outcome.words()))
        .collect();
    let shard = results
        .shard
        .map(|shard| format!(" (shard {shard})"))
        .unwrap_or_default();
    format!(
        "{} of {}{shard}: {}",
        counted(results.records.len(), "submission"),
        counted(students, "student"),
        counts.join(", ")
    )
}

fn names(results: &Results) -> impl Iterator<Item = &str> {
    results.records.iter().map(|record| record.student.as_str())
}

/// A heading with its lines below it, wrapped; nothing, where there are none.
fn section(heading: &str, lines: impl Iterator<Item = String>, width: usize) -> String {
    let options = Options::new(width)
        .initial_indent("  ")
        .subsequent_indent("    ")
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    let lines: Vec<_> = lines
        .map(|line| textwrap::fill(&sanitize::line(&line), &options) + "\n")
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("\n{}\n{}", styled(BOLD, heading), lines.concat())
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::example;

    /// Without the colours of our own.
    fn plain(screen: &str) -> String {
        anstream::adapter::strip_str(screen).to_string()
    }

    #[test]
    fn the_table_has_a_line_a_record_and_says_what_to_look_at() {
        insta::assert_snapshot!(plain(&screen(&example::results(), 80)), @r#"
          student  lesson  outcome          why
          ann      02      passed
        ! bob      02      wrong on unseen  right on the course's checks, wrong on unse…
        ! eve      02      did not compile  =1+1 \0 \u{202e} ``` ]]></testcase>&"'<b>; …
          zoe      01      not graded       the disk is full
          zoe      02      not started      the skeleton, unchanged
          李雷     –       refused          `李雷` is a link, and links are not followe…

        6 submissions of 5 students: 1 passed, 1 wrong on unseen, 1 did not compile, 1
        not started, 1 refused, 1 not graded

        to look at
          bob 02: it printed while it was asked
          eve 02: =1+1 \0 \u{202e} ``` ]]></testcase>&"'<b>; @SUM(A1)|\u{ffff}

        alike (as short exercises often are)
          02-chunked-integration: the same code after formatting: ann, bob

        notes
          left out, since they are no folders: grades.csv

        confined by
          bubblewrap, as the user nobody
        "#);
    }

    #[test]
    fn nothing_that_a_submission_brings_reaches_the_terminal_as_it_is() {
        let hostile = example::results();
        let mut harmless = hostile.clone();
        for record in &mut harmless.records {
            record.reason = record.reason.replace(example::HOSTILE, "harmless");
            record.flags = record
                .flags
                .iter()
                .map(|flag| flag.replace(example::HOSTILE, "harmless"))
                .collect();
        }
        let screens = [hostile, harmless].map(|results| screen(&results, 100));
        let escapes = screens
            .each_ref()
            .map(|screen| screen.matches('\u{1b}').count());
        assert_eq!(escapes[0], escapes[1], "those of our own colours");
        let signs = |letter: char| "\n\u{1b}".contains(letter);
        assert!(!screens[0].contains(|letter: char| letter.is_control() && !signs(letter)));
        assert!(!screens[0].contains(['\u{202e}', '\u{ffff}']));
        assert!(screens[0].contains("\\u{202e}"));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in [80, 100] {
            let screen = plain(&screen(&example::results(), width));
            for line in screen.lines() {
                assert!(line.width() <= width, "{line}");
            }
        }
    }

    #[test]
    fn every_outcome_fits_its_column() {
        assert_eq!(
            Outcome::ALL
                .map(|outcome| outcome.words().len())
                .into_iter()
                .max(),
            Some(OUTCOME)
        );
    }

    #[test]
    fn a_part_of_a_class_is_called_one() {
        let mut results = example::results();
        results.shard = "2/8".parse().ok();
        results.records.truncate(1);
        assert!(
            plain(&screen(&results, 80))
                .contains("1 submission of 1 student (shard 2/8): 1 passed\n")
        );
    }
}
