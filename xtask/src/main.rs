//! The runner of Many Hands.
//!
//! A command line becomes a [`cli::Call`], the call runs one verb of [`cmd`], and the verb's answer becomes an exit
//! status: 0 passed, 1 not passed, 2 the command could not be done, 130 interrupted. Between reading the disk ([`course`]), building
//! ([`cargo`]), running ([`process`], [`checks`]) and writing to the terminal ([`report`]) there are only values, and
//! deciding ([`verdict`]) is a pure function of them.

mod cargo;
mod checks;
mod cli;
mod cmd;
mod course;
mod process;
mod progress;
mod report;
mod results;
mod rounds;
mod served;
mod skeleton;
mod subject;
mod submissions;
mod verdict;

use std::process::ExitCode;

/// The command could not be done: bad usage, or something missing on this machine.
const COULD_NOT: u8 = 2;

fn main() -> ExitCode {
    let outcome = process::die_on_interrupt()
        .and_then(|()| cli::parse(std::env::args_os().skip(1)))
        .and_then(|call| (call.verb.run)(&call));
    match outcome {
        Ok(cmd::Answer::Passed) => ExitCode::SUCCESS,
        Ok(cmd::Answer::NotPassed) => ExitCode::FAILURE,
        Ok(cmd::Answer::Interrupted) => ExitCode::from(process::INTERRUPTED),
        Err(error) => {
            report::error(&error);
            ExitCode::from(COULD_NOT)
        }
    }
}
