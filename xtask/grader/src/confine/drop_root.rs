//! Gives up root's rights between the two layers of the sandbox.

use std::convert::Infallible;
use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use nix::unistd::{Gid, Uid, setgroups, setresgid, setresuid};

/// The id of the user and the group `nobody`, who own no files.
pub(crate) const NOBODY: u32 = 65_534;

/// Becomes the user `nobody` irrevocably, then executes the program that the arguments name, with the rest of them.
///
/// # Errors
///
/// Root cannot become `nobody`, or `nobody` could become root again, or the program cannot be started.
pub(super) fn exec_as_nobody(mut args: impl Iterator<Item = OsString>) -> Result<Infallible> {
    let (user, group) = (Uid::from_raw(NOBODY), Gid::from_raw(NOBODY));
    setgroups(&[])
        .and_then(|()| setresgid(group, group, group))
        .and_then(|()| setresuid(user, user, user))
        .context("root cannot become the user `nobody` here")?;
    ensure!(
        setresuid(Uid::from_raw(0), Uid::from_raw(0), Uid::from_raw(0)).is_err(),
        "the user `nobody` can become root again here"
    );
    let program = args.next().context("no program is named")?;
    let error = Command::new(&program).args(args).exec();
    Err(error).with_context(|| format!("`{}` cannot be started", program.to_string_lossy()))
}
