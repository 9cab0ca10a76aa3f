//! The request with which the runner starts a program that is built when it is first used.

use std::ffi::OsString;

use anyhow::{Context, Result};
use measure::protocol::{Json, from_text};

/// The request in a program's arguments, of which it is the only one.
pub fn read_arguments<R: Json>(mut arguments: impl Iterator<Item = OsString>) -> Result<R> {
    let argument = arguments.next().and_then(|argument| argument.into_string().ok());
    let request = argument.and_then(|argument| from_text(&argument).ok());
    request.context("this program is started by `cargo xtask`, with a request")
}

#[cfg(test)]
mod tests {
    use measure::protocol::request::ForGrader;

    use super::*;

    #[test]
    fn a_program_that_is_started_by_hand_says_how_it_is_started() {
        let by_hand = ["grade", "class"].map(OsString::from);
        let error = read_arguments::<ForGrader>(by_hand.into_iter()).unwrap_err();
        assert_eq!(error.to_string(), "this program is started by `cargo xtask`, with a request");
    }
}
