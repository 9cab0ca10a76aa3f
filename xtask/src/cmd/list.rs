//! `list`: the lessons, and how far each is.

use std::fmt::Write as _;

use anyhow::Result;
use serde_json::json;

use super::{Answer, Verb};
use crate::cli::Call;
use crate::course::Course;
use crate::progress::{Progress, State};
use crate::report;

pub const VERB: Verb = Verb {
    name: "list",
    about: "the lessons, and how far you are",
    lesson: None,
    more: None,
    flags: &[("json", "print one JSON document, for programs")],
    run,
};

fn run(call: &Call) -> Result<Answer> {
    let course = Course::here()?;
    let progress = Progress::read(&course);
    let mut rows = Vec::new();
    for lesson in course.lessons() {
        rows.push((
            lesson.number(),
            lesson.slug(),
            lesson.title()?,
            progress.state(lesson),
        ));
    }
    if call.has("json") {
        let lessons: Vec<_> = rows
            .iter()
            .map(|(number, slug, title, state)| json!({ "number": number, "slug": slug, "title": title, "state": state.word() }))
            .collect();
        report::print(&format!(
            "{:#}\n",
            json!({ "schema": report::json::SCHEMA, "lessons": lessons })
        ));
    } else {
        report::print(&table(&rows));
    }
    Ok(Answer::Passed)
}

/// One line a lesson, and the command to go on with.
fn table(rows: &[(&str, &str, String, State)]) -> String {
    let widest = rows
        .iter()
        .map(|(_, _, title, _)| title.chars().count())
        .max()
        .unwrap_or(0);
    let mut table = String::new();
    for (number, _, title, state) in rows {
        let sign = match state {
            State::Done => report::styled(report::GOOD, "✓"),
            State::InWork => report::styled(report::OPEN, "…"),
            State::NotStarted => report::styled(report::FAINT, "○"),
        };
        let _ = writeln!(
            table,
            "  {sign} {number}  {title:<widest$}  {}",
            report::styled(report::FAINT, state.word())
        );
    }
    let next = rows.iter().find(|(_, _, _, state)| *state != State::Done);
    table
        + &match next {
            Some((number, slug, ..)) => format!(
                "\nnext: read lessons/{number}-{slug}/README.md, then cargo xtask check {number}\n"
            ),
            None => "\nall done: well done\n".to_owned(),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lesson_is_a_line_with_its_state() {
        let rows = [
            (
                "01",
                "refactor-to-map",
                "Refactor to map".to_owned(),
                State::Done,
            ),
            (
                "02",
                "chunked-integration",
                "Chunked integration".to_owned(),
                State::InWork,
            ),
            (
                "03",
                "row-wise-distances",
                "Row-wise distances".to_owned(),
                State::NotStarted,
            ),
        ];
        insta::assert_snapshot!(anstream::adapter::strip_str(&table(&rows)), @"
          ✓ 01  Refactor to map      done
          … 02  Chunked integration  in work
          ○ 03  Row-wise distances   not started

        next: read lessons/02-chunked-integration/README.md, then cargo xtask check 02
        ");
    }
}
