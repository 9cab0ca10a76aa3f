//! The commands: one file each, and one line in [`COMMANDS`], which pairs what the command line takes with what it does.

mod bench;
mod book;
pub mod check;
mod compare;
mod diff;
mod doctor;
pub mod grade;
pub mod help;
mod hint;
mod list;
mod measuring;
mod new;
mod peers;
mod reset;
mod skeleton;
mod solution;
mod sweep;
mod trace;
mod update;
mod verify;
pub mod watch;

use std::env;
use std::ffi::OsString;

use anyhow::{Context, Result};
use measure::protocol::Json;
use xtask_core::cargo;
use xtask_core::course::{Course, Lesson};
use xtask_core::exit::Exit;
use xtask_core::process::{self, Termination};
use xtask_core::progress::Progress;
use xtask_core::ui::Working;

use crate::cli::{self, Args, Command, HELP};

/// Does what a command line asks for.
type RunCommand = fn(&Args) -> Result<Exit>;

/// Every command, in the order of the help page.
const COMMANDS: &[(&Command, RunCommand)] = &[
    (&check::COMMAND, check::run),
    (&watch::COMMAND, watch::run),
    (&list::COMMAND, list::run),
    (&hint::COMMAND, hint::run),
    (&solution::COMMAND, solution::run),
    (&diff::COMMAND, diff::run),
    (&skeleton::COMMAND, skeleton::run),
    (&reset::COMMAND, reset::run),
    (&update::COMMAND, update::run),
    (&doctor::COMMAND, doctor::run),
    (&trace::COMMAND, trace::run),
    (&sweep::COMMAND, sweep::run),
    (&bench::COMMAND, bench::run),
    (&peers::COMMAND, peers::run),
    (&book::COMMAND, book::run),
    (&compare::COMMAND, compare::run),
    (&grade::COMMAND, grade::run),
    (&grade::MERGE, grade::run_merge),
    (&verify::COMMAND, verify::run),
    (&new::COMMAND, new::run),
    (&HELP, help::run),
];

fn commands() -> Vec<&'static Command> {
    COMMANDS.iter().map(|(command, _)| *command).collect()
}

/// Parses a command line (without the program's name).
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Args> {
    cli::parse(&commands(), arguments)
}

/// Runs the command of the arguments.
pub fn run(args: &Args) -> Result<Exit> {
    let found = COMMANDS.iter().find(|(command, _)| command.name == args.command.name);
    let (_, run) = found.context("the arguments are of one of the commands")?;
    run(args)
}

/// Builds a package of the course's own, and has its program do what a request asks. It speaks to the user itself.
fn hand_over(package: &str, request: &impl Json) -> Result<Exit> {
    let working = Working::start(&format!("building `{package}`"));
    let program = cargo::build_program(&Course::here()?, package, |now| working.now(now))?;
    drop(working);
    let termination =
        process::run_in_foreground(program.command().arg(request.to_json().to_string()))?;
    Ok(match termination {
        Termination::Exit(0) => Exit::Passed,
        Termination::Exit(1) => Exit::NotPassed,
        Termination::Exit(status) if status == i32::from(process::INTERRUPTED) => Exit::Interrupted,
        _ => Exit::CouldNot,
    })
}

/// What [`choose_lesson`] falls back on, for the help pages.
const CHOICE: &str = "the lesson whose folder you stand in, else the first that has not passed";

/// The lesson that was named; without a name, see [`CHOICE`].
fn choose_lesson<'a>(course: &'a Course, args: &Args) -> Result<&'a Lesson> {
    if let Some(name) = &args.lesson {
        return course.lesson(name);
    }
    if let Some(lesson) = course.lesson_at(&env::current_dir()?) {
        return Ok(lesson);
    }
    let progress = Progress::read(course);
    let first_not_passed = course.lessons().iter().find(|lesson| !progress.has_passed(lesson));
    Ok(first_not_passed.unwrap_or(course.last()))
}
