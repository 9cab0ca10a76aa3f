//! Inspects the sandbox from inside: a program of the probe tries what must not be possible.

use std::ffi::OsString;
use std::fs;
use std::io::{ErrorKind, Write};
use std::net::UdpSocket;
use std::os::unix::process::parent_id;
use std::path::PathBuf;

use anyhow::{Context, Result};
use nix::sched::{CloneFlags, unshare};
use serde::{Deserialize, Serialize};

/// What the inspection found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Inspection {
    /// Processes outside of the sandbox are not visible.
    pub own_processes: bool,
    /// No file can be created next to the visible ones, and files that are not listed do not exist.
    pub own_files: bool,
    /// No user namespace can be created, in which the program would have some of root's rights.
    pub no_more_namespaces: bool,
    /// A folder that is visible but on no list cannot be read.
    pub landlock: bool,
    /// A harmless call that is on the list fails.
    pub seccomp: bool,
}

/// Inspects the sandbox, prints the [`Inspection`] as JSON, and returns exit status 0. The argument is the path of a file that
/// exists outside.
pub(super) fn print_inspection(mut args: impl Iterator<Item = OsString>) -> Result<u8> {
    let hidden = PathBuf::from(args.next().context("no file is named")?);
    let refused = |error: std::io::Error| error.kind() == ErrorKind::PermissionDenied;
    let inspection = Inspection {
        own_processes: parent_id() == 1,
        own_files: fs::write("/written", "").is_err() && !hidden.exists(),
        no_more_namespaces: unshare(CloneFlags::CLONE_NEWUSER).is_err(),
        landlock: fs::read_dir("/").is_err_and(refused),
        seccomp: UdpSocket::bind("127.0.0.1:0").is_err_and(refused),
    };
    let mut stdout = std::io::stdout();
    serde_json::to_writer(&mut stdout, &inspection)?;
    stdout.flush()?;
    Ok(0)
}
