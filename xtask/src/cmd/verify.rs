//! `verify`: the course checks itself. The package `grader` does the work, since every known submission is graded too; here
//! is its command line.

use anyhow::Result;
use xtask_core::course::Course;
use xtask_core::request::{ForGrader, Verify};

use super::{Answer, hand_over};
use crate::cli::{Call, Verb};

pub const VERB: Verb = Verb {
    name: "verify",
    about: "for authors: does the course check out?",
    lesson: Some("every lesson"),
    more: Some("NAME…"),
    flags: &[("quick", "build the submissions without optimisation")],
};

pub(super) fn run(call: &Call) -> Result<Answer> {
    let lesson = match &call.lesson {
        Some(name) => Some(Course::here()?.lesson(name)?.name().to_owned()),
        None => None,
    };
    let request = ForGrader::Verify(Verify {
        lesson,
        submissions: call.more.clone(),
        quick: call.has("quick"),
    });
    hand_over("grader", &request.to_json())
}
