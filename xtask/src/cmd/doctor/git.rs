//! Git, which brings new versions.

use measure::protocol::Finding;
use xtask_core::course::Course;

use crate::cmd::update::history::git;

const PART: &str = "git";

pub fn inspect(course: &Course) -> Finding {
    let has_history = git(course, &["rev-parse", "HEAD"]).is_ok();
    match git(course, &["--version"]).as_deref().map(str::trim) {
        Err(_) => Finding::limited(
            PART,
            "not installed: new versions of the course have to be fetched by hand",
            "install it from https://git-scm.com",
        ),
        Ok(version) if !has_history => Finding::limited(
            PART,
            format!(
                "{version}, but this folder is not a clone: `update` cannot tell what you have begun"
            ),
            "clone the course, and copy your exercises into the clone",
        ),
        Ok(version) => Finding::good(PART, version),
    }
}
