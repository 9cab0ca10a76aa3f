//! The program of `cargo xtask book`: see the library.

use std::env;
use std::process::ExitCode;

use xtask_core::exit::run_program;
use xtask_core::request;

fn main() -> ExitCode {
    run_program(|| book::run(&request::read_arguments(env::args_os().skip(1))?))
}
