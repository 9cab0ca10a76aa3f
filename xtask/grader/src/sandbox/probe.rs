//! Tests the isolation before a class is graded.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use xtask_core::process::{self, Output, Termination};

use super::bubblewrap::{Bubblewrap, HELPER};
use super::mounts;
use super::unavailable::ProbeFailure;
use super::{CallAction, Job, Policy, ResourceLimits, Sandbox, Unavailable};
use crate::confine::{INSPECT, Inspection};

/// The oldest version of bubblewrap with `--disable-userns` and `--size`.
const OLDEST: [u32; 2] = [0, 8];

/// Limits for programs that take milliseconds.
const PATIENCE: process::Limits =
    process::Limits { deadline: Duration::from_secs(30), output: 64 * 1024 };

/// The sandbox that bubblewrap creates on this machine, inspected.
pub(super) fn probe(helper: &Path) -> Result<Sandbox, Unavailable> {
    let program = find_bubblewrap()?;
    let mut bubblewrap = Bubblewrap {
        version: version(&program)?,
        program,
        by_root: nix::unistd::geteuid().is_root(),
        base: mounts::base(),
        inspection: Inspection::default(),
    };
    let sandbox = |bubblewrap| Sandbox { helper: helper.to_owned(), bubblewrap: Some(bubblewrap) };
    bubblewrap.inspection = inspect(&sandbox(bubblewrap.clone()))?;
    if let Some(gap) = bubblewrap.inspection.gap() {
        return Err(Unavailable::new(gap, ["grade on another machine"]));
    }
    Ok(sandbox(bubblewrap))
}

const INSTALL: &str = "install it: `sudo apt install bubblewrap`, `sudo dnf install bubblewrap` or `sudo pacman -S bubblewrap`";

fn find_bubblewrap() -> Result<PathBuf, Unavailable> {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders)
        .map(|folder| folder.join("bwrap"))
        .find(|program| program.is_absolute() && program.is_file())
        .ok_or_else(|| Unavailable::new("bubblewrap is not installed", [INSTALL]))
}

fn version(program: &Path) -> Result<String, Unavailable> {
    let ran = run(Command::new(program).arg("--version"))?;
    let version = ran.stdout.trim();
    if is_new_enough(version) {
        return Ok(version.to_owned());
    }
    let [major, minor] = OLDEST;
    Err(Unavailable::new(format!("`{version}` is older than {major}.{minor}"), [INSTALL]))
}

/// Whether `bubblewrap 0.8.0` is at least [`OLDEST`].
fn is_new_enough(version: &str) -> bool {
    let number = version.rsplit(' ').next().unwrap_or_default();
    let parts: Vec<u32> = number.split('.').map_while(|part| part.parse().ok()).collect();
    parts.len() > 1 && parts.as_slice() >= OLDEST.as_slice()
}

/// Inspects the sandbox by a job inside. It must be able to try to create a namespace, so only the network is refused.
fn inspect(sandbox: &Sandbox) -> Result<Inspection, Unavailable> {
    let job = Job {
        program: HELPER.into(),
        args: vec![INSPECT.into(), sandbox.helper.clone().into()],
        env: Vec::new(),
        folder: "/".into(),
        readable: Vec::new(),
        writable: None,
        proc: true,
        limits: ResourceLimits::RUN,
        policy: Policy { network: CallAction::Refuse, ..Policy::same_for_all(CallAction::Allow) },
    };
    let ran = run(&mut sandbox.command(&job))?;
    let inspection = match sandbox.termination(ran.termination) {
        Ok(Termination::Exit(0)) => serde_json::from_str(&ran.stdout).ok(),
        _ => None,
    };
    inspection.ok_or_else(|| {
        let failure = ProbeFailure {
            stderr: &ran.stderr,
            by_root: nix::unistd::geteuid().is_root(),
            setting: |name| fs::read_to_string(Path::new("/proc/sys").join(name)).ok(),
        };
        failure.explain()
    })
}

fn run(command: &mut Command) -> Result<Output, Unavailable> {
    process::run(command, PATIENCE, |_| ())
        .map_err(|error| Unavailable::new(format!("{error:#}"), [INSTALL]))
}

impl Inspection {
    /// The first gap in the isolation that makes it useless, as the end of a sentence.
    fn gap(&self) -> Option<&'static str> {
        if !self.own_processes {
            Some("a program inside sees the processes outside")
        } else if !self.own_files {
            Some("a program inside can read or write files that are not on the list")
        } else if !self.no_more_namespaces {
            Some("a program inside can create user namespaces")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_bubblewrap_is_not_new_enough() {
        for new in ["bubblewrap 0.8.0", "bubblewrap 0.11.0", "bubblewrap 1.0"] {
            assert!(is_new_enough(new), "{new}");
        }
        for old in ["bubblewrap 0.6.1", "bubblewrap 0.7.0", "bubblewrap", ""] {
            assert!(!is_new_enough(old), "{old}");
        }
    }

    #[test]
    fn each_gap_in_the_isolation_is_reported() {
        for (own_processes, own_files, no_more_namespaces) in
            [(true, true, true), (false, true, true), (true, false, true), (true, true, false)]
        {
            let is_whole = own_processes && own_files && no_more_namespaces;
            let neither = Inspection::default();
            let found = Inspection { own_processes, own_files, no_more_namespaces, ..neither };
            assert_eq!(found.gap().is_none(), is_whole, "{found:?}");
        }
    }
}
