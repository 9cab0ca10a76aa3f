//! `list`: the lessons, how far each is, and what comes next.

use std::fmt::Write as _;

use anyhow::Result;
pub use measure::protocol::LessonRow;
use measure::protocol::{Json, LessonState, ListDocument, SCHEMA};
use xtask_core::course::Course;
use xtask_core::progress::Progress;
use xtask_core::ui::{self, screen};

use super::Exit;
use crate::cli::{Args, Command};

pub const COMMAND: Command = Command {
    name: "list",
    about: "the lessons, and how far you are",
    lesson: None,
    more: None,
    flags: &[("json", "print one JSON document, for programs")],
};

pub(super) fn run(args: &Args) -> Result<Exit> {
    let rows = rows(&Course::here()?)?;
    if args.has("json") {
        let document = ListDocument {
            schema: SCHEMA,
            next: next(&rows).map(|row| row.number.clone()),
            lessons: rows,
        };
        ui::print(&format!("{:#}\n", document.to_json()));
    } else {
        ui::print(&format!(
            "{}\n{}\n{}",
            table(&rows, None),
            bar(&rows),
            way_on(&rows, ui::width())
        ));
    }
    Ok(Exit::Passed)
}

/// Every lesson, in order.
pub fn rows(course: &Course) -> Result<Vec<LessonRow>> {
    let progress = Progress::read(course);
    let row = |lesson: &xtask_core::course::Lesson| {
        Ok(LessonRow {
            number: lesson.number().to_owned(),
            slug: lesson.slug().to_owned(),
            title: lesson.title()?,
            state: progress.state(lesson),
        })
    };
    course.lessons().iter().map(row).collect()
}

/// The lesson to go on with: the first that has not passed, else the first that has not been measured.
pub fn next(rows: &[LessonRow]) -> Option<&LessonRow> {
    let not_passed = rows.iter().find(|row| !row.state.has_passed());
    not_passed.or_else(|| rows.iter().find(|row| row.state != LessonState::Done))
}

/// The lesson to go on with after the one of this number: the first behind it that has not passed, else the first of all.
pub fn next_after<'a>(rows: &'a [LessonRow], number: &str) -> Option<&'a LessonRow> {
    let (before, behind): (Vec<&LessonRow>, Vec<&LessonRow>) =
        rows.iter().partition(|row| *row.number <= *number);
    let in_order = behind.into_iter().chain(before);
    in_order.filter(|row| row.number != number).find(|row| !row.state.has_passed())
}

/// One line a lesson; the one that is pointed at is marked.
pub fn table(rows: &[LessonRow], pointed_at: Option<usize>) -> String {
    let widest = rows.iter().map(|row| row.title.chars().count()).max();
    let widest = widest.unwrap_or(0);
    let mut table = String::new();
    for (index, row) in rows.iter().enumerate() {
        let sign = match row.state {
            LessonState::Done | LessonState::Concurrent => ui::apply_style(ui::GOOD, "✓"),
            LessonState::InWork | LessonState::Correct | LessonState::Changed => {
                ui::apply_style(ui::OPEN, "…")
            }
            LessonState::NotStarted => ui::apply_style(ui::FAINT, "○"),
        };
        let line = format!("{}  {:<widest$}", row.number, row.title);
        let (mark, line) = match pointed_at {
            Some(pointed_at) if pointed_at == index => (">", ui::apply_style(ui::BOLD, &line)),
            _ => (" ", line),
        };
        let state = ui::apply_style(ui::FAINT, row.state.word());
        let _ = writeln!(table, "{mark} {sign} {line}  {state}");
    }
    table
}

/// Cells of the progress bar: few enough for a narrow terminal.
const CELLS: usize = 24;

/// How many lessons have passed, as a picture and in words.
pub fn bar(rows: &[LessonRow]) -> String {
    let passed = rows.iter().filter(|row| row.state.has_passed()).count();
    let full = passed * CELLS / rows.len().max(1);
    format!(
        "  {}{}  {passed} of {} passed\n",
        ui::apply_style(ui::GOOD, &"█".repeat(full)),
        ui::apply_style(ui::FAINT, &"░".repeat(CELLS - full)),
        rows.len()
    )
}

/// What to do next, and how to do something else.
fn way_on(rows: &[LessonRow], width: usize) -> String {
    let Some(LessonRow { number, slug, state, .. }) = next(rows) else {
        return screen::label_lines("next", "all done: well done", width);
    };
    let watch = format!("cargo xtask watch {number}");
    let words = match state {
        LessonState::NotStarted => format!("read lessons/{number}-{slug}/README.md, then {watch}"),
        LessonState::InWork => format!("{watch} says what is still to mend"),
        LessonState::Correct => {
            format!("lesson {number} is right; {watch} says whether its work overlaps")
        }
        LessonState::Changed => format!("lesson {number} was changed since it passed: {watch}"),
        LessonState::Concurrent | LessonState::Done => {
            format!("lesson {number} has passed but was not timed: {watch}")
        }
    };
    screen::label_lines("next", &words, width)
        + &screen::label_lines(
            "else",
            "any lesson, by its number or its name: cargo xtask watch 01",
            width,
        )
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Lessons in these states, with a title each.
    pub fn rows(states: &[LessonState]) -> Vec<LessonRow> {
        let titles = ["Refactor to map", "A few large tasks", "Layout first"];
        let row = |(index, (state, title)): (usize, (&LessonState, &str))| LessonRow {
            number: format!("{:02}", index + 1),
            slug: format!("slug-{}", index + 1),
            title: title.to_owned(),
            state: *state,
        };
        let both = states.iter().zip(titles.into_iter().cycle());
        both.enumerate().map(row).collect()
    }

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    const EVERY: [LessonState; 6] = [
        LessonState::Done,
        LessonState::Concurrent,
        LessonState::Changed,
        LessonState::Correct,
        LessonState::InWork,
        LessonState::NotStarted,
    ];

    #[test]
    fn each_lesson_is_a_line_with_its_state() {
        insta::assert_snapshot!(plain(&table(&rows(&EVERY), Some(1))), @"
          ✓ 01  Refactor to map    done
        > ✓ 02  A few large tasks  concurrent
          … 03  Layout first       changed since
          … 04  Refactor to map    correct
          … 05  A few large tasks  in work
          ○ 06  Layout first       not started
        ");
    }

    #[test]
    fn the_bar_is_full_when_every_lesson_has_passed() {
        let bar = |states: &[LessonState]| plain(&bar(&rows(states)));
        insta::assert_snapshot!(bar(&EVERY), @"  ████████░░░░░░░░░░░░░░░░  2 of 6 passed");
        insta::assert_snapshot!(bar(&[LessonState::Done, LessonState::Concurrent]), @"  ████████████████████████  2 of 2 passed");
        insta::assert_snapshot!(bar(&[LessonState::NotStarted]), @"  ░░░░░░░░░░░░░░░░░░░░░░░░  0 of 1 passed");
    }

    #[test]
    fn after_a_lesson_comes_the_next_that_has_not_passed() {
        let states =
            [LessonState::InWork, LessonState::Done, LessonState::Concurrent, LessonState::Changed];
        let after = |number| next_after(&rows(&states), number).map(|row| row.number.clone());
        assert_eq!(after("02").as_deref(), Some("04"));
        assert_eq!(after("04").as_deref(), Some("01"));
        assert_eq!(
            next_after(&rows(&[LessonState::Done, LessonState::Done]), "01").map(|row| &row.number),
            None
        );
    }

    #[test]
    fn what_comes_next_follows_from_the_states() {
        let way_on = |states: &[LessonState]| plain(&way_on(&rows(states), 60));
        for state in [
            LessonState::NotStarted,
            LessonState::InWork,
            LessonState::Correct,
            LessonState::Changed,
        ] {
            let screen = way_on(&[LessonState::Concurrent, state]);
            assert!(screen.contains("watch 02"), "{screen}");
        }
        insta::assert_snapshot!(way_on(&[LessonState::Concurrent, LessonState::NotStarted]), @"
        next      read lessons/02-slug-2/README.md, then
                  cargo xtask watch 02
        else      any lesson, by its number or its name:
                  cargo xtask watch 01
        ");
        insta::assert_snapshot!(way_on(&[LessonState::Done, LessonState::Concurrent]), @"
        next      lesson 02 has passed but was not timed:
                  cargo xtask watch 02
        else      any lesson, by its number or its name:
                  cargo xtask watch 01
        ");
        insta::assert_snapshot!(way_on(&[LessonState::Done]), @"  next      all done: well done");
    }
}
