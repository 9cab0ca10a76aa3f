//! The two pages, as Markdown. All text from a submission is in code blocks and code spans.

use std::fmt::Write as _;

use super::markdown::{code_block, code_span};
use crate::record::{Outcome, Record};

/// The student's page of a [student's view](super::students_view).
pub fn student(view: &Record) -> String {
    let mut page = heading(view);
    page += &failed_claims(view);
    page += &errors(view);
    page += "\n## What to do next\n\n";
    for step in next_steps(view) {
        let _ = writeln!(page, "- {step}");
    }
    page
}

/// The instructor's page.
pub fn instructor(record: &Record, class: &str) -> String {
    let mut page = heading(record);
    let _ = writeln!(page, "\nStudent: {}", code_span(&record.student));
    if !record.flags.is_empty() {
        page += &section("To look at", &record.flags.join("\n"));
    }
    page += &failed_claims(record);
    page += &errors(record);
    page += "\n## To repeat\n\n";
    page += &code_block(&command(record, class), "sh");
    let known = |text: &Option<String>| text.as_deref().map_or("none".to_owned(), code_span);
    let _ = write!(
        page,
        "\n- compiled in {:.1} s, tested in {:.1} s\n- fingerprint of the submission: {}\n- fingerprint of its code without formatting and comments: {}\n",
        record.compiling_s,
        record.testing_s,
        known(&record.fingerprint),
        known(&record.token_fingerprint),
    );
    page
}

fn heading(record: &Record) -> String {
    let lesson = record.lesson.as_deref().unwrap_or("no lesson");
    let mut heading = format!("# {}: {}\n", code_span(lesson), record.outcome.label());
    if !record.reason.is_empty() {
        heading += "\n";
        heading += &code_block(&record.reason, "text");
    }
    heading
}

fn section(heading: &str, text: &str) -> String {
    format!("\n## {heading}\n\n{}", code_block(text, "text"))
}

fn failed_claims(record: &Record) -> String {
    let mut section = String::new();
    if !record.failed_claims.is_empty() {
        section += "\n## What does not hold\n";
    }
    for failed in &record.failed_claims {
        section += "\n";
        section += &code_block(&failed.to_string(), "text");
    }
    section
}

fn errors(record: &Record) -> String {
    if record.errors.is_empty() {
        return String::new();
    }
    section("What rustc says", &record.errors.join("\n\n"))
}

fn next_steps(view: &Record) -> Vec<String> {
    let number = view.lesson_number();
    let command = |name: &str| code_span(&format!("cargo xtask {name} {number}"));
    let again = || format!("{} says how far you are, as often as you like", command("check"));
    let hint = || format!("{} helps, a little more each time", command("hint"));
    match view.outcome {
        Outcome::Passed => vec![format!("Nothing. {} shows the model, and why it is so", command("solution"))],
        Outcome::NotGraded => vec!["Nothing: the grader failed, and your instructor can grade it again".to_owned()],
        Outcome::Refused => vec!["Fix what is named above, and hand it in again".to_owned()],
        Outcome::WrongOnUnseen => vec![
            "Read the contract above the function again: it holds for every input, also for the ones that no check tries".to_owned(),
            again(),
            hint(),
        ],
        _ => vec![again(), hint()],
    }
}

/// The command that grades this submission again, on the same cases.
fn command(record: &Record, class: &str) -> String {
    let mut command = format!(
        "cargo xtask grade {} --student {}",
        shell_word(class),
        shell_word(&record.student)
    );
    if record.lesson.is_some() {
        let _ = write!(command, " --lesson {}", shell_word(record.lesson_number()));
    }
    if let Some(seed) = record.seed {
        let _ = write!(command, " --seed {seed}");
    }
    command
}

/// A text as one word of a shell command, quoted if necessary.
fn shell_word(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}
