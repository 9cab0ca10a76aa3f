//! Git, which brings new versions.

use std::process::Command;

use xtask_core::course::Course;
use xtask_core::process::{self, Limits, Termination};

use measure::protocol::Finding;

const PART: &str = "git";

pub fn inspect(course: &Course) -> Finding {
    let said = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(arguments).current_dir(course.root());
        let output = process::run(&mut git, Limits::NONE, |_| ()).ok()?;
        (output.termination == Termination::Exit(0)).then(|| output.stdout.trim().to_owned())
    };
    let has_history = said(&["rev-parse", "HEAD"]).is_some();
    match said(&["--version"]) {
        None => Finding::limited(
            PART,
            "not installed: new versions of the course have to be fetched by hand",
            "install it from https://git-scm.com",
        ),
        Some(version) if !has_history => Finding::limited(
            PART,
            format!(
                "{version}, but this folder is not a clone: `update` cannot tell what you have begun"
            ),
            "clone the course, and copy your exercises into the clone",
        ),
        Some(version) => Finding::good(PART, version),
    }
}
