//! `verify`: the course checks itself. The package `grader` does it, since every known submission is graded too; here are
//! its words.

use anyhow::Result;

use super::{Answer, handed_over};
use crate::cli::{Call, Verb};

pub const VERB: Verb = Verb {
    name: "verify",
    about: "for authors: does the course check out?",
    lesson: Some("every lesson"),
    more: Some("NAME…"),
    flags: &[("quick", "build the submissions without optimisation")],
};

pub(super) fn run(_: &Call) -> Result<Answer> {
    handed_over("grader")
}
