//! The program of `cargo xtask grade`, which also is the last step of each submission into its sandbox.

use std::process::ExitCode;

use grader::{confine, grade, verify};

fn main() -> ExitCode {
    if let Some(status) = confine::step(std::env::args_os().skip(1)) {
        return status;
    }
    xtask::program(|call| match call.verb.name {
        "verify" => verify::run(call),
        "merge" => grade::merge(call),
        _ => grade::run(call),
    })
}
