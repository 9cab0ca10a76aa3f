//! The table for the terminal: a line for each student and lesson, then what the instructor should look at.

use std::collections::BTreeSet;

use anstyle::Style;
use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr;
use xtask_core::ui::screen::wrap;
use xtask_core::ui::{BAD, BOLD, FAINT, GOOD, OPEN, apply_style};

use crate::record::{Outcome, Record};
use crate::results::Results;
use crate::sanitize;

/// The width of the longest name that is shown whole, in columns.
const NAME: usize = 24;
/// The width of the heading `lesson`.
const LESSON: usize = 6;
/// The width of the longest label of an outcome.
const OUTCOME: usize = 15;
/// The smallest width of a reason, even on a narrow terminal.
const LEAST_REASON: usize = 20;

/// The table, the counts, the flags, the groups with the same code, the notes, and what confined the submissions. It is at
/// most `width` columns wide, unless the table needs more.
pub fn screen(results: &Results, width: usize) -> String {
    let name = names(results).map(|name| name.width()).max().unwrap_or_default().clamp(7, NAME);
    let reason = width.saturating_sub(2 + name + 2 + LESSON + 2 + OUTCOME + 2).max(LEAST_REASON);
    let heading = format!("  {}  lesson  {}  why", pad("student", name), pad("outcome", OUTCOME));
    let mut screen = format!("{}\n", apply_style(FAINT, &heading));
    for record in &results.records {
        screen += &line(record, name, reason);
    }
    screen += &format!("\n{}\n", apply_style(BOLD, &wrap(&summary(results), width)));
    let flags = results.records.iter().flat_map(|record| {
        let whose = format!("{} {}", record.student, lesson_number(record));
        record.flags.iter().map(move |flag| format!("{whose}: {flag}"))
    });
    screen += &section("to look at", flags, width);
    let alike = results.alike();
    let alike = alike.iter().map(ToString::to_string);
    screen += &section("alike (as short exercises often are)", alike, width);
    screen += &section("notes", results.notes.iter().cloned(), width);
    screen + &section("confined by", results.confinement.iter().cloned(), width)
}

fn line(record: &Record, name: usize, reason: usize) -> String {
    let mark = if record.flags.is_empty() { " ".to_owned() } else { apply_style(OPEN, "!") };
    let why = sanitize::truncate(&sanitize::line(&record.reason), reason);
    let outcome = if why.is_empty() {
        record.outcome.label()
    } else {
        &pad(record.outcome.label(), OUTCOME + 2)
    };
    format!(
        "{mark} {}  {}  {}{why}\n",
        pad(&sanitize::truncate(&record.student, name), name),
        pad(lesson_number(record), LESSON),
        apply_style(colour(record.outcome), outcome),
    )
}

fn colour(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Passed => GOOD,
        Outcome::NotStarted | Outcome::NotGraded => OPEN,
        _ => BAD,
    }
}

fn lesson_number(record: &Record) -> &str {
    match record.lesson {
        Some(_) => record.lesson_number(),
        None => "–",
    }
}

/// `6 submissions of 5 students: 1 passed, 1 refused`.
fn summary(results: &Results) -> String {
    let counted =
        |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let students = names(results).collect::<BTreeSet<_>>().len();
    let counts: Vec<_> = results
        .counts()
        .iter()
        .map(|(outcome, count)| format!("{count} {}", outcome.label()))
        .collect();
    let shard = results.shard.map(|shard| format!(" (shard {shard})")).unwrap_or_default();
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

/// A heading with its lines, wrapped; empty without lines.
fn section(heading: &str, lines: impl Iterator<Item = String>, width: usize) -> String {
    let options = Options::new(width)
        .initial_indent("  ")
        .subsequent_indent("    ")
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    let lines: Vec<_> =
        lines.map(|line| textwrap::fill(&sanitize::line(&line), &options) + "\n").collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("\n{}\n{}", apply_style(BOLD, heading), lines.concat())
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::example;

    fn remove_colours(screen: &str) -> String {
        anstream::adapter::strip_str(screen).to_string()
    }

    #[test]
    fn the_table_has_a_line_for_each_record_and_says_what_to_look_at() {
        insta::assert_snapshot!(remove_colours(&screen(&example::results(), 80)), @r#"
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
    fn no_control_character_of_a_submission_reaches_the_terminal() {
        let hostile = example::results();
        let mut harmless = hostile.clone();
        for record in &mut harmless.records {
            for text in record.flags.iter_mut().chain([&mut record.reason]) {
                *text = text.replace(example::HOSTILE, "harmless");
            }
        }
        let screens = [hostile, harmless].map(|results| screen(&results, 100));
        let escapes = screens.each_ref().map(|screen| screen.matches('\u{1b}').count());
        assert_eq!(escapes[0], escapes[1], "only the table's own colours");
        let signs = |letter: char| "\n\u{1b}".contains(letter);
        assert!(!screens[0].contains(|letter: char| letter.is_control() && !signs(letter)));
        assert!(!screens[0].contains(['\u{202e}', '\u{ffff}']));
        assert!(screens[0].contains("\\u{202e}"));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in [80, 100] {
            let screen = remove_colours(&screen(&example::results(), width));
            for line in screen.lines() {
                assert!(line.width() <= width, "{line}");
            }
        }
    }

    #[test]
    fn every_outcome_fits_its_column() {
        let longest = Outcome::ALL.into_iter().map(|outcome| outcome.label().len()).max();
        assert_eq!(longest, Some(OUTCOME));
    }

    #[test]
    fn the_summary_names_the_shard() {
        let mut results = example::results();
        results.shard = "2/8".parse().ok();
        results.records.truncate(1);
        let screen = remove_colours(&screen(&results, 80));
        assert!(screen.contains("1 submission of 1 student (shard 2/8): 1 passed\n"));
    }
}
