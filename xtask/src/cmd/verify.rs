//! `verify`: the course checks itself. The package `grader` does the work, since every known submission is graded too; here
//! is its command line.

use anyhow::{Result, ensure};
use measure::protocol::request::{ForGrader, Verify};
use xtask_core::course::Course;

use super::{Exit, hand_over};
use crate::cli::{Args, Command};

pub const COMMAND: Command = Command {
    name: "verify",
    about: "for authors: does the course check out?",
    lesson: Some("every lesson"),
    more: Some("NAME…"),
    flags: &[
        ("mutants", "instead: does a claim reject each small change of the model?"),
        ("changed", "with --mutants: no lesson that is as it was when none survived"),
    ],
};

pub(super) fn run(args: &Args) -> Result<Exit> {
    let lesson = match &args.lesson {
        Some(name) => Some(Course::here()?.lesson(name)?.name().to_owned()),
        None => None,
    };
    ensure!(!args.has("changed") || args.has("mutants"), "`--changed` is for `--mutants`");
    let request = ForGrader::Verify(Verify {
        lesson,
        submissions: args.more.clone(),
        mutants: args.has("mutants"),
        changed_only: args.has("changed"),
    });
    hand_over("grader", &request)
}
