//! The two pages, as Markdown. All that a submission could have brought along stands between fences or backticks.

use std::fmt::Write as _;

use super::markdown::{code, fenced};
use crate::record::{Outcome, Record};

/// The student's page of a [student's view](super::students_view).
pub fn student(view: &Record) -> String {
    let mut page = heading(view);
    page += &complaints(view);
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
    let _ = writeln!(page, "\nStudent: {}", code(&record.student));
    if !record.flags.is_empty() {
        page += &section("To look at", &record.flags.join("\n"));
    }
    page += &complaints(record);
    page += &errors(record);
    if !record.output.is_empty() {
        page += &section("What it printed", &record.output);
    }
    page += "\n## To repeat\n\n";
    page += &fenced(&command(record, class), "sh");
    let known = |text: &Option<String>| text.as_deref().map_or("none".to_owned(), code);
    let _ = write!(
        page,
        "\n- compiled in {:.1} s, tested in {:.1} s\n- the submission's fingerprint: {}\n- its likeness, the same for code that formatting makes equal: {}\n",
        record.compiling_s,
        record.testing_s,
        known(&record.fingerprint),
        known(&record.token_fingerprint),
    );
    page
}

fn heading(record: &Record) -> String {
    let lesson = record.lesson.as_deref().unwrap_or("no lesson");
    let mut heading = format!("# {}: {}\n", code(lesson), record.outcome.words());
    if !record.reason.is_empty() {
        heading += "\n";
        heading += &fenced(&record.reason, "text");
    }
    heading
}

fn section(heading: &str, text: &str) -> String {
    format!("\n## {heading}\n\n{}", fenced(text, "text"))
}

fn complaints(record: &Record) -> String {
    let mut section = String::new();
    if !record.failed_claims.is_empty() {
        section += "\n## What does not hold\n";
    }
    for complaint in &record.failed_claims {
        let mut lines = vec![complaint.claim.clone()];
        if complaint.unseen {
            lines.push(
                "(on a case of the grader's own, which the course's checks do not show)".to_owned(),
            );
        }
        for (label, text) in [("seen", &complaint.seen), ("expected", &complaint.expected)] {
            if !text.is_empty() {
                lines.push(format!("{label}: {text}"));
            }
        }
        section += "\n";
        section += &fenced(&lines.join("\n"), "text");
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
    let number = number(view);
    let verb = |verb: &str| code(&format!("cargo xtask {verb} {number}"));
    let again = || {
        format!(
            "{} says how far you are, as often as you like",
            verb("check")
        )
    };
    let hint = || format!("{} helps, a little more each time", verb("hint"));
    match view.outcome {
        Outcome::Passed => vec![format!("Nothing. {} shows the model, and why it is so", verb("solution"))],
        Outcome::NotGraded => vec!["Nothing: the grader had an accident, and will grade it again".to_owned()],
        Outcome::Refused => vec!["Mend what is named above, and hand it in again".to_owned()],
        Outcome::WrongOnUnseen => vec![
            "Read the contract above the function again: it holds for every input, also for the ones that no check tries".to_owned(),
            again(),
            hint(),
        ],
        _ => vec![again(), hint()],
    }
}

/// `NN`, as a command takes it.
fn number(record: &Record) -> &str {
    let lesson = record.lesson.as_deref().unwrap_or_default();
    lesson.split('-').next().unwrap_or_default()
}

/// The command that grades this submission again, on the same cases.
fn command(record: &Record, class: &str) -> String {
    let mut command = format!(
        "cargo xtask grade {} --student {}",
        quoted(class),
        quoted(&record.student)
    );
    if record.lesson.is_some() {
        let _ = write!(command, " --lesson {}", quoted(number(record)));
    }
    if let Some(seed) = record.seed {
        let _ = write!(command, " --seed {seed}");
    }
    command
}

/// One word for a shell, whatever is in it.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}
