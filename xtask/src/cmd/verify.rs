//! `verify`: the course checks itself. The package `grader` does it, since every known submission is graded too; here are
//! its words.

use super::{Verb, handed_over};

pub const VERB: Verb = Verb {
    name: "verify",
    about: "for authors: does the course check out?",
    lesson: Some("every lesson"),
    more: Some("NAME…"),
    flags: &[("quick", "build the submissions without optimisation")],
    run: |_| handed_over("grader"),
};
