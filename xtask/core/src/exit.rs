//! How a program of the course ends.

use std::process::ExitCode;

use anyhow::Result;

use crate::{process, report};

/// The command could not be done: bad usage, or something missing on this machine.
const COULD_NOT: u8 = 2;

/// What a verb came to. What could not be done at all is an error instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Passed,
    NotPassed,
    /// The user ended it, and got what there was.
    Interrupted,
    /// It could not be done, and the reason has been printed.
    CouldNot,
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

/// Does the work of a program, prints the error if there is one, and returns the exit status. Ctrl-C ends the program and its
/// children.
pub fn run_program(work: impl FnOnce() -> Result<Answer>) -> ExitCode {
    let answer = process::die_on_interrupt(report::print_interrupted).and_then(|()| work());
    match answer {
        Ok(Answer::Passed) => ExitCode::SUCCESS,
        Ok(Answer::NotPassed) => ExitCode::FAILURE,
        Ok(Answer::CouldNot) => ExitCode::from(COULD_NOT),
        Ok(Answer::Interrupted) => ExitCode::from(process::INTERRUPTED),
        Err(error) => {
            report::error(&error);
            ExitCode::from(COULD_NOT)
        }
    }
}
