//! The verbs: one file each, and one line in [`VERBS`].

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

use anyhow::Result;

use crate::cargo;
use crate::cli::Call;
use crate::course::{Course, Lesson};
use crate::process::{self, Ending};
use crate::progress::Progress;
use crate::report::Working;

/// What a verb came to. What could not be done at all is an error instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Passed,
    NotPassed,
    /// The user ended it, and got what there was.
    Interrupted,
    /// It could not be done, and the user has been told why.
    CouldNot,
}

impl From<bool> for Answer {
    fn from(passed: bool) -> Self {
        if passed {
            Self::Passed
        } else {
            Self::NotPassed
        }
    }
}

/// A verb of the runner: its words for the help page, and the function that runs it.
#[derive(Debug)]
pub struct Verb {
    pub name: &'static str,
    pub about: &'static str,
    /// What happens without a lesson, for the help page; `None` if the verb takes no lesson.
    pub lesson: Option<&'static str>,
    /// What may stand behind the lesson, for the help page; `None` if nothing may.
    pub more: Option<&'static str>,
    /// The options, without their dashes, each with what it does. `size N` is one with a value.
    pub flags: &'static [(&'static str, &'static str)],
    pub run: fn(&Call) -> Result<Answer>,
}

/// Every verb, in the order of the help page.
pub const VERBS: &[&Verb] = &[
    &check::VERB,
    &watch::VERB,
    &list::VERB,
    &hint::VERB,
    &solution::VERB,
    &diff::VERB,
    &skeleton::VERB,
    &reset::VERB,
    &update::VERB,
    &doctor::VERB,
    &trace::VERB,
    &sweep::VERB,
    &bench::VERB,
    &peers::VERB,
    &book::VERB,
    &compare::VERB,
    &grade::VERB,
    &grade::MERGE,
    &verify::VERB,
    &new::VERB,
    &help::VERB,
];

/// Has a package of the course's own do this command, which is built first, and speak to the user itself.
fn handed_over(package: &str) -> Result<Answer> {
    let working = Working::on(&format!("building `{package}`"));
    let program = cargo::built_program(&Course::here()?, package, |now| working.now(now))?;
    drop(working);
    let ending = process::in_front(program.command().args(env::args_os().skip(1)))?;
    Ok(match ending {
        Ending::Exit(0) => Answer::Passed,
        Ending::Exit(1) => Answer::NotPassed,
        Ending::Exit(status) if status == i32::from(process::INTERRUPTED) => Answer::Interrupted,
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
