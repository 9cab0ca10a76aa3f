//! The last step into the sandbox: this program once more, started inside, which takes from itself what a submission must not
//! have and starts the submission's program.
//!
//! Behind the walls it is the first process of its world: nothing inside can signal it, and when it ends, all inside end.
//! It tells the ending of the program by its own exit status, see `status.rs`.

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
pub(crate) use status::ending;

use std::ffi::OsString;
use std::process::ExitCode;

/// The steps, as they are called on the command line.
#[cfg(unix)]
pub(crate) const CONFINE: &str = "confine";
#[cfg(target_os = "linux")]
pub(crate) const DROP: &str = "drop-to-nobody";
#[cfg(target_os = "linux")]
pub(crate) const LOOK: &str = "look-around";

/// If this program was started as a step into the sandbox, does it and says with which status to end. To be asked before
/// anything else is done: with one thread, and no handler of a signal.
#[cfg(unix)]
pub fn step(args: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    let mut args = args.into_iter();
    let step = args.next()?;
    let done = match step.to_str()? {
        CONFINE => program::run(args),
        #[cfg(target_os = "linux")]
        DROP => drop_root::exec_as_nobody(args).map(|never| match never {}),
        #[cfg(target_os = "linux")]
        LOOK => inspect::tell(args),
        _ => return None,
    };
    let accident = |error: anyhow::Error| {
        complain(&format!("the sandbox: {error:#}\n"));
        status::CONFINE_FAILED
    };
    Some(done.unwrap_or_else(accident).into())
}

/// There are no steps on this system.
#[cfg(not(unix))]
pub fn step(_: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    None
}

/// Whoever reads standard error may have gone already; then there is nobody to tell.
#[cfg(unix)]
fn complain(words: &str) {
    use std::io::Write;
    let _ = std::io::stderr().write_all(words.as_bytes());
}
