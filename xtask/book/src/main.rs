//! `cargo xtask book`: see the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::program(book::run)
}
