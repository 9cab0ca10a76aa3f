//! `hint`: one stage more each time it is asked for.

use std::fmt::Write as _;
use std::ops::Range;

use anyhow::Result;
use xtask_core::course::{Course, Hint, Lesson};
use xtask_core::progress::Progress;
use xtask_core::ui::{self, screen};

use super::{CHOICE, Exit, choose_lesson};
use crate::cli::{Args, Command};

pub const COMMAND: Command = Command {
    name: "hint",
    about: "the next of a lesson's hints",
    lesson: Some(CHOICE),
    more: None,
    flags: &[("all", "show all of them")],
};

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Course::here()?;
    let lesson = choose_lesson(&course, args)?;
    let hints = lesson.hints()?;
    let shown = if args.has("all") {
        Progress::read(&course).remember_hints_shown(lesson, hints.len());
        0..hints.len()
    } else {
        one_more(&course, lesson, &hints)
    };
    ui::print(&page(&hints, shown, lesson.number()));
    Ok(Exit::Passed)
}

/// The stage after those that were shown, else the last; it counts as shown from now on.
pub(super) fn one_more(course: &Course, lesson: &Lesson, hints: &[Hint]) -> Range<usize> {
    let mut progress = Progress::read(course);
    let seen = progress.hints_shown(lesson);
    let shown = seen.min(hints.len() - 1)..(seen + 1).min(hints.len());
    progress.remember_hints_shown(lesson, seen.max(shown.end));
    shown
}

/// The hints to show, and how to get more.
fn page(hints: &[Hint], shown: Range<usize>, lesson: &str) -> String {
    let next = match hints.get(shown.end) {
        Some(next) => {
            format!("more? cargo xtask hint {lesson} goes on to: {}\n", next.title.to_lowercase())
        }
        None => format!("that was the last; the model is at cargo xtask solution {lesson}\n"),
    };
    text(hints, shown, ui::width()) + &next
}

pub(super) fn text(hints: &[Hint], shown: Range<usize>, width: usize) -> String {
    let mut page = String::new();
    for (hint, number) in hints.iter().zip(1..).take(shown.end).skip(shown.start) {
        let title = format!("Hint {number} of {}: {}", hints.len(), hint.title);
        let _ = write!(
            page,
            "{}\n\n{}\n\n",
            ui::apply_style(ui::BOLD, &title),
            screen::prose(&hint.text, width)
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_comes_with_the_way_to_the_next() {
        let hints = [("The concept", "Split."), ("The key lines", "`n / chunks`")]
            .map(|(title, text)| Hint { title: title.to_owned(), text: text.to_owned() });
        let page = |shown| anstream::adapter::strip_str(&page(&hints, shown, "02")).to_string();
        insta::assert_snapshot!(page(0..1), @"
        Hint 1 of 2: The concept

        Split.

        more? cargo xtask hint 02 goes on to: the key lines
        ");
        insta::assert_snapshot!(page(1..2), @"
        Hint 2 of 2: The key lines

        `n / chunks`

        that was the last; the model is at cargo xtask solution 02
        ");
    }
}
