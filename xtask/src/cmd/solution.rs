//! `solution`: the way to the model, for those who are done or ask twice.

use anyhow::Result;
use xtask_core::course::{Course, Lesson};
use xtask_core::progress::Progress;
use xtask_core::ui;

use super::{CHOICE, Exit, choose_lesson};
use crate::cli::{Args, Command};

pub const COMMAND: Command = Command {
    name: "solution",
    about: "the way to the model solution",
    lesson: Some(CHOICE),
    more: None,
    flags: SPOIL,
};

/// How to ask twice.
pub(super) const SPOIL: &[(&str, &str)] = &[("spoil", "show it before the lesson has passed")];

/// Whether the model may be seen: the lesson has passed once, or the user asks twice. If it may not, prints what to do.
pub(super) fn may_be_seen(course: &Course, lesson: &Lesson, args: &Args) -> bool {
    if Progress::read(course).has_been_solved(lesson) || args.has("spoil") {
        return true;
    }
    let (number, command) = (lesson.number(), args.command.name);
    ui::print(&format!(
        "Your lesson {number} has not passed yet, and a solution found is worth more than one read.\n\n  \
         pass     cargo xtask check {number}\n  \
         a hint   cargo xtask hint {number}\n  \
         anyway   cargo xtask {command} {number} --spoil\n"
    ));
    false
}

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Course::here()?;
    let lesson = choose_lesson(&course, args)?;
    let number = lesson.number();
    if !may_be_seen(&course, lesson, args) {
        return Ok(Exit::NotPassed);
    }
    ui::print(&format!(
        "The model of lesson {number}: {}\n\n  \
         It opens with why it is so, what else would have worked, and what that costs.\n  \
         check it   cargo xtask check {number} --solution\n",
        lesson.display_path(&lesson.solution().join("src/lib.rs"))
    ));
    Ok(Exit::Passed)
}
