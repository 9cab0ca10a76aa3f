//! `skeleton`: the exercise as it was before anybody edited it.

use anyhow::Result;

use super::{Answer, CHOICE, Verb, chosen};
use crate::cli::Call;
use crate::course::Course;
use crate::report;

pub const VERB: Verb = Verb {
    name: "skeleton",
    about: "print an exercise as it was at the start",
    lesson: Some(CHOICE),
    more: None,
    flags: &[],
    run,
};

fn run(call: &Call) -> Result<Answer> {
    report::print(&chosen(&Course::here()?, call)?.skeleton()?);
    Ok(Answer::Passed)
}
