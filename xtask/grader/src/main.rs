//! The program of `cargo xtask grade`, which also is the last step of each submission into its sandbox.

use std::process::ExitCode;

use grader::{confine, grade, verify};
use measure::protocol::request::ForGrader;
use xtask_core::exit::run_program;
use xtask_core::request;

fn main() -> ExitCode {
    if let Some(status) = confine::step(std::env::args_os().skip(1)) {
        return status;
    }
    run_program(|| match request::read_arguments(std::env::args_os().skip(1))? {
        ForGrader::Grade(request) => grade::run(&request),
        ForGrader::Merge(request) => grade::merge(&request),
        ForGrader::Verify(request) => verify::run(&request),
    })
}
