//! `book`: the lessons, to read in a browser.
//!
//! mdBook's crates take long to build, so they have a package of their own (`xtask/book`), built when a book is first asked for.

use anyhow::{Result, ensure};

use super::{Answer, handed_over};
use crate::cli::{Call, Verb};

pub const VERB: Verb = Verb {
    name: "book",
    about: "the lessons as a book, for a browser",
    lesson: None,
    more: None,
    flags: &[
        ("open", "open it in the browser"),
        (
            "measure",
            "measure first: this machine's own figures in the chapters",
        ),
        ("quick", "with `--measure`: fewer rounds, wider intervals"),
    ],
};

pub(super) fn run(call: &Call) -> Result<Answer> {
    ensure!(
        call.has("measure") || !call.has("quick"),
        "`--quick` says how to measure; give `--measure` too, or neither"
    );
    handed_over("book")
}
