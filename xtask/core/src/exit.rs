//! How a program of the course ends.

use std::process::ExitCode;

use anyhow::Result;

use crate::{process, ui};

/// The command could not be done: bad usage, or something missing on this machine.
const COULD_NOT: u8 = 2;

/// How a command ended, as the exit status tells it. A command that could not begin returns an error instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Passed,
    NotPassed,
    /// The user ended it, and got what there was.
    Interrupted,
    /// It could not be done, and the reason has been printed.
    CouldNot,
}

impl From<bool> for Exit {
    fn from(passed: bool) -> Self {
        if passed { Self::Passed } else { Self::NotPassed }
    }
}

/// Does the work of a program, prints the error if there is one, and returns the exit status. Ctrl-C ends the program and its
/// children.
pub fn run_program(work: impl FnOnce() -> Result<Exit>) -> ExitCode {
    let exit = process::die_on_interrupt(ui::print_interrupted).and_then(|()| work());
    match exit {
        Ok(Exit::Passed) => ExitCode::SUCCESS,
        Ok(Exit::NotPassed) => ExitCode::FAILURE,
        Ok(Exit::CouldNot) => ExitCode::from(COULD_NOT),
        Ok(Exit::Interrupted) => ExitCode::from(process::INTERRUPTED),
        Err(error) => {
            ui::error(&error);
            ExitCode::from(COULD_NOT)
        }
    }
}
