//! `cargo xtask`, the runner of Many Hands: the command line, and the commands.
//!
//! A command line becomes [`cli::Args`], which name one command of [`cmd`], and how that ends becomes an exit status:
//! 0 passed, 1 not passed, 2 the command could not be done, 130 interrupted. What the commands stand on is `xtask-core`.

mod cli;
mod cmd;

use std::ffi::OsString;
use std::process::ExitCode;

use xtask_core::exit::run_program;
use xtask_core::ui::terminal;

fn main() -> ExitCode {
    run_program(|| cmd::run(&cmd::parse(command_line())?))
}

/// The command line. An empty one in a terminal asks for `watch`.
fn command_line() -> Vec<OsString> {
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    if words.is_empty() && terminal::is_there() {
        return vec![cmd::watch::COMMAND.name.into()];
    }
    words
}
