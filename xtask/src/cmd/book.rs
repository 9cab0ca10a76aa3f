//! `book`: the lessons, to read in a browser.
//!
//! mdBook's crates take long to build, so they have a package of their own (`xtask/book`), built when a book is first asked for.

use anyhow::Result;

use super::{Answer, Verb, handed_over};
use crate::cli::Call;

pub const VERB: Verb = Verb {
    name: "book",
    about: "the lessons as a book, for a browser",
    lesson: None,
    more: None,
    flags: &[("open", "open it in the browser")],
    run,
};

fn run(_: &Call) -> Result<Answer> {
    handed_over("book")
}
