//! `skeleton`: the exercise as it was before the student edited it.

use anyhow::Result;
use xtask_core::course::Course;
use xtask_core::report;

use super::{Answer, CHOICE, chosen};
use crate::cli::{Call, Verb};

pub const VERB: Verb = Verb {
    name: "skeleton",
    about: "print an exercise as it was at the start",
    lesson: Some(CHOICE),
    more: None,
    flags: &[],
};

pub(super) fn run(call: &Call) -> Result<Answer> {
    report::print(&chosen(&Course::here()?, call)?.skeleton()?);
    Ok(Answer::Passed)
}
