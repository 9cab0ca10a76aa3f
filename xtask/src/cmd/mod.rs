//! The verbs: one file each, and one line in [`VERBS`].

mod bench;
pub mod check;
mod compare;
pub mod help;
mod hint;
mod list;
mod measuring;
mod peers;
mod skeleton;
mod solution;
mod sweep;
mod trace;
mod verify;

use anyhow::Result;

use crate::cli::Call;
use crate::course::{Course, Lesson};
use crate::progress::Progress;

/// What a verb came to. What could not be done at all is an error instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Passed,
    NotPassed,
    /// The user ended it, and got what there was.
    Interrupted,
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
    &list::VERB,
    &hint::VERB,
    &solution::VERB,
    &skeleton::VERB,
    &bench::VERB,
    &sweep::VERB,
    &trace::VERB,
    &compare::VERB,
    &peers::VERB,
    &verify::VERB,
    &help::VERB,
];

/// What [`chosen`] falls back on, for the help pages.
const CHOICE: &str = "the lesson whose folder you stand in, else the first that is not done";

/// The lesson that was named; without a name, see [`CHOICE`].
fn chosen<'a>(course: &'a Course, call: &Call) -> Result<&'a Lesson> {
    if let Some(name) = &call.lesson {
        return course.lesson(name);
    }
    if let Some(lesson) = course.lesson_at(&std::env::current_dir()?) {
        return Ok(lesson);
    }
    let progress = Progress::read(course);
    let first_not_done = course
        .lessons()
        .iter()
        .find(|lesson| !progress.is_done(lesson));
    Ok(first_not_done.unwrap_or(course.last()))
}
