//! Whether everything that may be built is on this machine.

use std::process::Command;
use std::time::Duration;

use xtask_core::course::Course;
use xtask_core::process::{self, Limits, Termination};

use measure::protocol::Finding;

const PART: &str = "crates";

/// Another cargo may hold the lock of the crates for a while.
const LIMITS: Limits = Limits { deadline: Duration::from_secs(20), output: 1 << 20 };

pub fn inspect(course: &Course) -> Finding {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut fetch = Command::new(cargo);
    fetch.args(["fetch", "--offline", "--locked"]).current_dir(course.root());
    let output = process::run(&mut fetch, LIMITS, |_| ());
    if output.is_ok_and(|output| output.termination == Termination::Exit(0)) {
        Finding::good(PART, "all on this machine: no network is needed")
    } else {
        Finding::limited(
            PART,
            "not all on this machine: what is used for the first time needs a network",
            "`cargo fetch` gets them all while there is one",
        )
    }
}
