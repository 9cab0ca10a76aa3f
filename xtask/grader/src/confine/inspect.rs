//! What a program inside the sandbox finds out about it by trying: the probe's eyes.

use std::ffi::OsString;
use std::fs;
use std::io::{ErrorKind, Write};
use std::net::UdpSocket;
use std::os::unix::process::parent_id;
use std::path::PathBuf;

use anyhow::{Context, Result};
use nix::sched::{CloneFlags, unshare};
use serde::{Deserialize, Serialize};

/// What was seen from inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Inspection {
    /// The processes outside have no numbers here.
    pub own_processes: bool,
    /// No file can be made beside what is shown, and one that is not shown is not there.
    pub own_files: bool,
    /// No user namespace can be made, in which it would be root of a kind.
    pub no_more_namespaces: bool,
    /// A folder that can be seen, but is on no list, cannot be read.
    pub landlock: bool,
    /// A call that is harmless here, but on the list, is refused.
    pub seccomp: bool,
}

/// Looks around, prints what is seen, and ends with 0. The argument is a file that exists outside.
pub(super) fn tell(mut args: impl Iterator<Item = OsString>) -> Result<u8> {
    let hidden = PathBuf::from(args.next().context("no file is named")?);
    let refused = |error: std::io::Error| error.kind() == ErrorKind::PermissionDenied;
    let sight = Inspection {
        own_processes: parent_id() == 1,
        own_files: fs::write("/written", "").is_err() && !hidden.exists(),
        no_more_namespaces: unshare(CloneFlags::CLONE_NEWUSER).is_err(),
        landlock: fs::read_dir("/").is_err_and(refused),
        seccomp: UdpSocket::bind("127.0.0.1:0").is_err_and(refused),
    };
    let mut stdout = std::io::stdout();
    serde_json::to_writer(&mut stdout, &sight)?;
    stdout.flush()?;
    Ok(0)
}
