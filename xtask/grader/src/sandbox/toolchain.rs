//! What a compiler needs to see.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::{Sandbox, VisiblePath};

/// A Rust toolchain, and the linker that it starts.
#[derive(Clone, Debug)]
pub struct Toolchain {
    rustc: VisiblePath,
    others: Vec<VisiblePath>,
}

/// The system's own programs, among them the linker, and what it needs besides the libraries.
const SYSTEM: [&str; 3] = ["/usr/bin", "/usr/libexec", "/etc/alternatives"];

/// Where the toolchain is found inside.
const INSIDE: &str = "/toolchain";

impl Toolchain {
    /// The toolchain whose sysroot this is: the answer of `rustc --print sysroot`.
    pub fn at(sysroot: &Path) -> Self {
        let system = SYSTEM.map(PathBuf::from);
        let system = system.into_iter().filter(|path| path.exists());
        let mut others: Vec<_> = system
            .map(|path| VisiblePath::new(path.clone(), path))
            .collect();
        others.push(VisiblePath::new(
            sysroot.join("lib"),
            Path::new(INSIDE).join("lib"),
        ));
        Self {
            rustc: VisiblePath::new(
                sysroot.join("bin/rustc"),
                Path::new(INSIDE).join("bin/rustc"),
            ),
            others,
        }
    }

    pub fn rustc(&self) -> &VisiblePath {
        &self.rustc
    }

    /// All that a job that compiles must show. It needs a `/proc`, too: the toolchain's own linker finds itself there.
    pub fn visible_paths(&self) -> impl Iterator<Item = VisiblePath> {
        [self.rustc.clone()]
            .into_iter()
            .chain(self.others.iter().cloned())
    }

    /// The environment of such a job: where to find the linker.
    pub fn env(sandbox: &Sandbox) -> Vec<(OsString, OsString)> {
        if sandbox.is_isolated() {
            return vec![("PATH".into(), "/usr/bin".into())];
        }
        let kept = ["PATH", "SYSTEMROOT", "TEMP", "TMP"];
        let kept = kept.map(|name| Some((name.into(), env::var_os(name)?)));
        kept.into_iter().flatten().collect()
    }
}
