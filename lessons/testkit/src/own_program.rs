//! A program that starts itself again.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use measure::protocol::claims::ROLE;

/// The path of this very program.
///
/// Linux shows it in `/proc`, which a sandbox may lack. There it is the name by which the program was started, if that is an
/// absolute path; the sandbox that starts the program has to use one.
///
/// # Panics
///
/// If the system does not show it, and the name is not absolute.
pub fn own_program() -> PathBuf {
    let name = || env::args_os().next().map(PathBuf::from);
    match env::current_exe() {
        Ok(path) => path,
        Err(error) => name()
            .filter(|name| name.is_absolute())
            .unwrap_or_else(|| panic!("start this program by its absolute path: {error}")),
    }
}

/// A command that runs this program again with the same arguments, so that a test reaches the same place in another process.
/// There it is a plain test, even if this process answers the grader.
///
/// # Panics
///
/// As [`own_program`] does.
pub fn second_run() -> Command {
    let mut command = Command::new(own_program());
    command.args(env::args_os().skip(1)).env_remove(ROLE).stdin(Stdio::null());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_serves_no_grader() {
        let command = second_run();
        assert!(command.get_envs().any(|role| role == (ROLE.as_ref(), None)));
    }

    #[test]
    fn it_is_there() {
        assert!(own_program().is_absolute() && own_program().is_file());
    }
}
