//! The runner of Many Hands.
//!
//! A command line becomes a [`cli::Call`], the call runs one verb of [`cmd`], and the verb's answer becomes an exit
//! status: 0 passed, 1 not passed, 2 the command could not be done, 130 interrupted. Between reading the disk ([`course`]), building
//! ([`cargo`]), running ([`process`], [`checks`]) and writing to the terminal ([`report`]) there are only values, and
//! deciding ([`verdict`]) is a pure function of them.
//!
//! It is a library so that the heavy verbs, in packages of their own which are built when first used, stand on the same
//! ground.

pub mod cargo;
pub mod checks;
pub mod cli;
pub mod cmd;
mod content;
pub mod course;
pub mod process;
mod progress;
pub mod report;
mod results;
mod rounds;
mod saving;
mod served;
mod skeleton;
pub mod subject;
pub mod submissions;
pub mod verdict;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;

/// The command could not be done: bad usage, or something missing on this machine.
const COULD_NOT: u8 = 2;

/// Understands this program's command line, has `run` do what it says, and tells the world by the exit status.
pub fn program(run: impl FnOnce(&cli::Call) -> Result<cmd::Answer>) -> ExitCode {
    let outcome = process::die_on_interrupt()
        .and_then(|()| cli::parse(words()))
        .and_then(|call| run(&call));
    match outcome {
        Ok(cmd::Answer::Passed) => ExitCode::SUCCESS,
        Ok(cmd::Answer::NotPassed) => ExitCode::FAILURE,
        Ok(cmd::Answer::CouldNot) => ExitCode::from(COULD_NOT),
        Ok(cmd::Answer::Interrupted) => ExitCode::from(process::INTERRUPTED),
        Err(error) => {
            report::error(&error);
            ExitCode::from(COULD_NOT)
        }
    }
}

/// The command line. An empty one begins, where somebody sits at a terminal.
fn words() -> Vec<OsString> {
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    if words.is_empty() && report::terminal::is_there() {
        return vec![cmd::watch::VERB.name.into()];
    }
    words
}
