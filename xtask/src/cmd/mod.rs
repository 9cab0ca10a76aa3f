//! The verbs: one file each, and one line in [`VERBS`], which pairs what the command line takes with what it does.

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
use serde_json::Value;
use xtask_core::cargo;
use xtask_core::course::{Course, Lesson};
use xtask_core::exit::Answer;
use xtask_core::process::{self, Termination};
use xtask_core::progress::Progress;
use xtask_core::report::Working;

use crate::cli::{self, Call, HELP, Verb};

/// Does what a command line asks for.
type Run = fn(&Call) -> Result<Answer>;

/// Every verb, in the order of the help page.
const VERBS: &[(&Verb, Run)] = &[
    (&check::VERB, check::run),
    (&watch::VERB, watch::run),
    (&list::VERB, list::run),
    (&hint::VERB, hint::run),
    (&solution::VERB, solution::run),
    (&diff::VERB, diff::run),
    (&skeleton::VERB, skeleton::run),
    (&reset::VERB, reset::run),
    (&update::VERB, update::run),
    (&doctor::VERB, doctor::run),
    (&trace::VERB, trace::run),
    (&sweep::VERB, sweep::run),
    (&bench::VERB, bench::run),
    (&peers::VERB, peers::run),
    (&book::VERB, book::run),
    (&compare::VERB, compare::run),
    (&grade::VERB, grade::run),
    (&grade::MERGE, grade::run_merge),
    (&verify::VERB, verify::run),
    (&new::VERB, new::run),
    (&HELP, help::run),
];

fn verbs() -> Vec<&'static Verb> {
    VERBS.iter().map(|(verb, _)| *verb).collect()
}

/// Parses a command line (without the program's name).
///
/// # Errors
///
/// As for [`cli::parse`].
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Call> {
    cli::parse(&verbs(), arguments)
}

/// Runs the verb of a call.
///
/// # Errors
///
/// The verb could not be done.
pub fn run(call: &Call) -> Result<Answer> {
    let found = VERBS.iter().find(|(verb, _)| verb.name == call.verb.name);
    let (_, run) = found.context("a call is of one of the verbs")?;
    run(call)
}

/// Builds a package of the course's own, and has its program do what a request asks. It speaks to the user itself.
fn hand_over(package: &str, request: &Value) -> Result<Answer> {
    let working = Working::on(&format!("building `{package}`"));
    let program = cargo::build_program(&Course::here()?, package, |now| working.now(now))?;
    drop(working);
    let termination = process::run_in_foreground(program.command().arg(request.to_string()))?;
    Ok(match termination {
        Termination::Exit(0) => Answer::Passed,
        Termination::Exit(1) => Answer::NotPassed,
        Termination::Exit(status) if status == i32::from(process::INTERRUPTED) => {
            Answer::Interrupted
        }
        _ => Answer::CouldNot,
    })
}

/// What [`chosen`] falls back on, for the help pages.
const CHOICE: &str = "the lesson whose folder you stand in, else the first that has not passed";

/// The lesson that was named; without a name, see [`CHOICE`].
fn chosen<'a>(course: &'a Course, call: &Call) -> Result<&'a Lesson> {
    if let Some(name) = &call.lesson {
        return course.lesson(name);
    }
    if let Some(lesson) = course.lesson_at(&env::current_dir()?) {
        return Ok(lesson);
    }
    let progress = Progress::read(course);
    let first_not_passed = course
        .lessons()
        .iter()
        .find(|lesson| !progress.has_passed(lesson));
    Ok(first_not_passed.unwrap_or(course.last()))
}
