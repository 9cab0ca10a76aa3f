//! Whether everything that may be built is on this machine.

use std::path::Path;
use std::time::Duration;

use measure::protocol::Finding;
use xtask_core::cargo;
use xtask_core::course::Course;
use xtask_core::process::{self, Limits, Termination};

const PART: &str = "crates";

/// Another cargo may hold the lock of the crates for a while.
const LIMITS: Limits = Limits { deadline: Duration::from_secs(20), output: 1 << 20 };

pub fn inspect(course: &Course) -> Finding {
    let are_here = |workspace: &Path| {
        let mut fetch = cargo::cargo_itself();
        fetch.args(["fetch", "--offline", "--locked"]).current_dir(workspace);
        let output = process::run(&mut fetch, LIMITS, |_| ());
        output.is_ok_and(|output| output.termination == Termination::Exit(0))
    };
    if are_here(course.root()) && are_here(&course.tools()) {
        Finding::good(PART, "all on this machine: no network is needed")
    } else {
        Finding::limited(
            PART,
            "not all on this machine: what is used for the first time needs a network",
            "`cargo fetch`, here and in `xtask/tools`, gets them all while there is one",
        )
    }
}
