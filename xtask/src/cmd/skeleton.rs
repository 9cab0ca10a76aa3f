//! `skeleton`: the exercise as it was before the student edited it.

use anyhow::Result;
use xtask_core::course::Course;
use xtask_core::ui;

use super::{CHOICE, Exit, choose_lesson};
use crate::cli::{Args, Command};

pub const COMMAND: Command = Command {
    name: "skeleton",
    about: "print an exercise as it was at the start",
    lesson: Some(CHOICE),
    more: None,
    flags: &[],
};

pub(super) fn run(args: &Args) -> Result<Exit> {
    ui::print(&choose_lesson(&Course::here()?, args)?.skeleton()?);
    Ok(Exit::Passed)
}
