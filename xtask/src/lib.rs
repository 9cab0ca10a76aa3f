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
pub mod check;
pub mod checks;
pub mod cli;
pub mod cmd;
mod content;
pub mod course;
pub mod exit;
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

/// Parses this program's command line, has `run` do what it says, and returns the exit status.
pub fn program(run: impl FnOnce(&cli::Call) -> Result<exit::Answer>) -> ExitCode {
    exit::run_program(|| run(&cmd::parse(command_line())?))
}

/// The command line. An empty one in a terminal asks for `watch`.
fn command_line() -> Vec<OsString> {
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    if words.is_empty() && report::terminal::is_there() {
        return vec![cmd::watch::VERB.name.into()];
    }
    words
}
