//! The Python of the peers.

use measure::protocol::Finding;
use xtask_core::course::Course;

use crate::cmd::peers::environment;

const PART: &str = "Python";

pub fn inspect(course: &Course) -> Finding {
    let installed = environment::is_ready(course).unwrap_or(false);
    match environment::on_the_path("`cargo xtask doctor`") {
        _ if installed => Finding::good(PART, "with numpy, numba and scipy, under target/"),
        Ok(name) => Finding::limited(
            PART,
            format!("`{name}` is there, its packages are not"),
            "`cargo xtask peers 02 --setup` installs them under target/ (some 400 MB)",
        ),
        Err(why) => Finding::bad(PART, "none that will do", format!("{why}")),
    }
}
