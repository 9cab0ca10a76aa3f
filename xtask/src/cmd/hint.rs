//! `hint`: one stage more each time it is asked for.

use std::fmt::Write as _;

use anyhow::Result;

use super::{Answer, CHOICE, Verb, chosen};
use crate::cli::Call;
use crate::course::{Course, Hint, Lesson};
use crate::progress::Progress;
use crate::report;

pub const VERB: Verb = Verb {
    name: "hint",
    about: "the next of a lesson's hints",
    lesson: Some(CHOICE),
    flags: &[("all", "show all of them")],
    run,
};

fn run(call: &Call) -> Result<Answer> {
    let course = Course::here()?;
    let lesson = chosen(&course, call)?;
    let hints = lesson.hints()?;
    let mut progress = Progress::read(&course);
    let seen = progress.hints_shown(lesson);
    let shown = if call.has("all") {
        0..hints.len()
    } else {
        seen.min(hints.len() - 1)..(seen + 1).min(hints.len())
    };
    progress.remember_hints_shown(lesson, seen.max(shown.end));
    report::print(&page(&hints, shown.start, shown.end, lesson));
    Ok(Answer::Passed)
}

/// The hints from `first` up to, not including, `end`, and how to get more.
fn page(hints: &[Hint], first: usize, end: usize, lesson: &Lesson) -> String {
    let mut page = String::new();
    for (hint, number) in hints.iter().zip(1..).take(end).skip(first) {
        let title = format!("Hint {number} of {}: {}", hints.len(), hint.title);
        let _ = write!(
            page,
            "{}\n\n{}\n\n",
            report::styled(report::BOLD, &title),
            hint.text
        );
    }
    let number = lesson.number();
    page + &match hints.get(end) {
        Some(next) => format!(
            "more? cargo xtask hint {number} goes on to: {}\n",
            next.title.to_lowercase()
        ),
        None => format!("that was the last; the model is at cargo xtask solution {number}\n"),
    }
}
