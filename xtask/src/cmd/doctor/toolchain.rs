//! The compiler.

use std::process::Command;

use measure::protocol::Finding;
use xtask_core::course::Course;
use xtask_core::process::{self, Limits, Termination};

const PART: &str = "toolchain";

/// The oldest version of Rust that the course's packages declare.
const OLDEST: &str = env!("CARGO_PKG_RUST_VERSION");

pub fn inspect(course: &Course) -> Finding {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(rustc);
    command.arg("--version").current_dir(course.root());
    let output = process::run(&mut command, Limits::NONE, |_| ()).ok();
    let output = output.filter(|output| output.termination == Termination::Exit(0));
    conclude(output.as_ref().map(|output| output.stdout.trim()))
}

/// `said` is `rustc 1.85.0 (4d91de4e4 2025-02-17)`.
fn conclude(said: Option<&str>) -> Finding {
    let Some(said) = said else {
        return Finding::bad(PART, "there is no `rustc`", "install Rust from https://rustup.rs");
    };
    match (said.split(' ').nth(1).and_then(version), version(OLDEST)) {
        (Some(is), Some(oldest)) if is < oldest => Finding::bad(
            PART,
            format!("{said}; the course needs {OLDEST} or newer"),
            "`rustup update stable`",
        ),
        _ => Finding::good(PART, said),
    }
}

/// The first two numbers of `1.85.0` or `1.97.0-nightly`.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use measure::protocol::FindingState;

    #[test]
    fn an_older_compiler_will_not_do_and_a_newer_one_will() {
        let state = |said| conclude(said).state;
        assert_eq!(state(Some("rustc 1.84.1 (e71f9a9a9 2025-01-27)")), FindingState::Bad);
        assert_eq!(state(Some("rustc 1.85.0 (4d91de4e4 2025-02-17)")), FindingState::Good);
        assert_eq!(state(Some("rustc 1.100.0-nightly (abc 2027-01-01)")), FindingState::Good);
        assert_eq!(state(None), FindingState::Bad);
    }
}
