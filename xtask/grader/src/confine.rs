//! The last step into the sandbox: the grader's own program, started again inside, gives up every right that a submission
//! must not have, and then starts the submission's program.
//!
//! Inside bubblewrap it is process 1 of its PID namespace: no process inside can signal it, and all of them end with it.
//! Its exit status encodes how the program ended; see `status.rs`.

#[cfg(target_os = "linux")]
mod drop_root;
#[cfg(target_os = "linux")]
mod files;
#[cfg(target_os = "linux")]
mod inspect;
#[cfg(unix)]
mod limits;
#[cfg(unix)]
mod program;
mod restrictions;
mod status;
#[cfg(target_os = "linux")]
mod syscalls;

#[cfg(target_os = "linux")]
pub(crate) use drop_root::NOBODY;
#[cfg(target_os = "linux")]
pub(crate) use inspect::Inspection;
pub use restrictions::{CallAction, Category, Policy, ResourceLimits, Restrictions};
pub use status::SandboxFailure;
pub(crate) use status::termination;

use std::ffi::OsString;
use std::process::ExitCode;

/// The names of the steps on the command line.
#[cfg(unix)]
pub(crate) const CONFINE: &str = "confine";
#[cfg(target_os = "linux")]
pub(crate) const DROP: &str = "drop-to-nobody";
#[cfg(target_os = "linux")]
pub(crate) const INSPECT: &str = "inspect";

/// If this program was started as a step into the sandbox, does the step and returns the exit status; otherwise `None`.
///
/// Must be called first in `main`: it forks, so there may be one thread only, and no signal handler.
#[cfg(unix)]
pub fn step(args: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    let mut args = args.into_iter();
    let step = args.next()?;
    let done = match step.to_str()? {
        CONFINE => program::run(args),
        #[cfg(target_os = "linux")]
        DROP => drop_root::exec_as_nobody(args).map(|never| match never {}),
        #[cfg(target_os = "linux")]
        INSPECT => inspect::print_inspection(args),
        _ => return None,
    };
    let status = done.unwrap_or_else(|error| {
        use std::io::Write;
        // A closed standard error leaves no place to report that.
        let _ = writeln!(std::io::stderr(), "the sandbox: {error:#}");
        status::CONFINE_FAILED
    });
    Some(status.into())
}

/// This system has no such steps: always `None`.
#[cfg(not(unix))]
pub fn step(_: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    None
}
