//! `solution`: the way to the model, for those who are done or ask twice.

use anyhow::Result;

use super::{Answer, CHOICE, Verb, chosen};
use crate::cli::Call;
use crate::course::Course;
use crate::progress::Progress;
use crate::report;

pub const VERB: Verb = Verb {
    name: "solution",
    about: "the way to the model solution",
    lesson: Some(CHOICE),
    more: None,
    flags: &[("spoil", "show it before the lesson has passed")],
    run,
};

fn run(call: &Call) -> Result<Answer> {
    let course = Course::here()?;
    let lesson = chosen(&course, call)?;
    let number = lesson.number();
    if !Progress::read(&course).has_been_solved(lesson) && !call.has("spoil") {
        report::print(&format!(
            "Your lesson {number} has not passed yet, and a solution found is worth more than one read.\n\n  \
             a hint   cargo xtask hint {number}\n  \
             anyway   cargo xtask solution {number} --spoil\n"
        ));
        return Ok(Answer::NotPassed);
    }
    report::print(&format!(
        "The model of lesson {number}: {}\n\n  \
         It opens with why it is so, what else would have worked, and what that costs.\n  \
         check it   cargo xtask check {number} --solution\n",
        lesson.shown(&lesson.solution().join("src/lib.rs"))
    ));
    Ok(Answer::Passed)
}
