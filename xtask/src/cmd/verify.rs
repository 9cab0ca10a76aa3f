//! `verify`: the course checks itself. The package `grader` does the work, since every known submission is graded too; here
//! is its command line.

use anyhow::Result;
use measure::protocol::request::{ForGrader, Verify};
use xtask_core::course::Course;

use super::{Exit, hand_over};
use crate::cli::{Args, Command};

pub const COMMAND: Command = Command {
    name: "verify",
    about: "for authors: does the course check out?",
    lesson: Some("every lesson"),
    more: Some("NAME…"),
    flags: &[],
};

pub(super) fn run(args: &Args) -> Result<Exit> {
    let lesson = match &args.lesson {
        Some(name) => Some(Course::here()?.lesson(name)?.name().to_owned()),
        None => None,
    };
    let request = ForGrader::Verify(Verify { lesson, submissions: args.more.clone() });
    hand_over("grader", &request)
}
