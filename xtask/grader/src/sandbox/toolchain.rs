//! The files that the compiler needs in the sandbox.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::{Sandbox, VisiblePath};
use crate::at_once::{Permits, cores};

/// A Rust toolchain, and the linker.
#[derive(Debug)]
pub struct Toolchain {
    pub rustc: VisiblePath,
    /// One a core. More submissions than that are at work at once, since a program that hangs only waits for its time limit;
    /// a compiler never only waits.
    pub permits: Permits,
    others: Vec<VisiblePath>,
}

/// The folders of the system's linker, and of what it needs besides the libraries.
const SYSTEM: [&str; 3] = ["/usr/bin", "/usr/libexec", "/etc/alternatives"];

impl Toolchain {
    /// The toolchain with this sysroot, as `rustc --print sysroot` prints it.
    pub fn at(sysroot: &Path) -> Self {
        let system = SYSTEM.map(PathBuf::from);
        let system = system.into_iter().filter(|path| path.exists());
        let mut others: Vec<_> = system.map(|path| VisiblePath::new(path.clone(), path)).collect();
        others.push(VisiblePath::new(sysroot.join("lib"), "/toolchain/lib"));
        let rustc = VisiblePath::new(sysroot.join("bin/rustc"), "/toolchain/bin/rustc");
        Self { rustc, permits: Permits::new(cores()), others }
    }

    /// The files and folders that a compiling job must show. It needs `/proc` too, in which the linker finds its own path.
    pub fn visible_paths(&self) -> impl Iterator<Item = VisiblePath> {
        [&self.rustc].into_iter().chain(&self.others).cloned()
    }

    /// The environment of a compiling job, so that rustc finds the linker.
    pub fn env(sandbox: &Sandbox) -> Vec<(OsString, OsString)> {
        if sandbox.is_isolated() {
            return vec![("PATH".into(), "/usr/bin".into())];
        }
        let kept = ["PATH", "SYSTEMROOT", "TEMP", "TMP"];
        let kept = kept.map(|name| Some((name.into(), env::var_os(name)?)));
        kept.into_iter().flatten().collect()
    }
}
