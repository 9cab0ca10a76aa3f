//! The program of `cargo xtask book`: see the library.

use std::env;
use std::process::ExitCode;

use xtask_core::exit::run_program;
use xtask_core::request::ForBook;

fn main() -> ExitCode {
    run_program(|| book::run(&ForBook::from_arguments(env::args_os().skip(1))?))
}
