//! Tries the walls before anything is graded.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use xtask_core::process::{self, Ending, Ran};

use super::bubblewrap::{Bubblewrap, HELPER};
use super::mounts;
use super::unavailable::ProbeFailure;
use super::{CallAction, Job, Policy, ResourceLimits, Sandbox, Unavailable};
use crate::confine::{Inspection, LOOK};

/// The first bubblewrap that can close the door to user namespaces behind itself, and limit `/tmp`.
const OLDEST: [u32; 2] = [0, 8];

/// For programs that take milliseconds.
const PATIENCE: process::Limits = process::Limits {
    deadline: Duration::from_secs(30),
    output: 64 * 1024,
};

pub(super) fn walls(helper: &Path) -> Result<Sandbox, Unavailable> {
    let bubblewrap = bubblewrap()?;
    let mut sandbox = Sandbox {
        helper: helper.to_owned(),
        walls: Some(Bubblewrap {
            version: version(&bubblewrap)?,
            bubblewrap,
            by_root: nix::unistd::geteuid().is_root(),
            base: mounts::base(),
            sight: Inspection::default(),
        }),
    };
    let sight = look_around(&sandbox)?;
    if let Some(gap) = sight.gap() {
        return Err(Unavailable::new(gap, ["grade on another machine"]));
    }
    if let Some(walls) = &mut sandbox.walls {
        walls.sight = sight;
    }
    Ok(sandbox)
}

const INSTALL: &str = "install it: `sudo apt install bubblewrap`, `sudo dnf install bubblewrap` or `sudo pacman -S bubblewrap`";

fn bubblewrap() -> Result<PathBuf, Unavailable> {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders)
        .map(|folder| folder.join("bwrap"))
        .find(|program| program.is_absolute() && program.is_file())
        .ok_or_else(|| Unavailable::new("bubblewrap is not installed", [INSTALL]))
}

fn version(bubblewrap: &Path) -> Result<String, Unavailable> {
    let ran = run(Command::new(bubblewrap).arg("--version"))?;
    let version = ran.stdout.trim();
    if is_new_enough(version) {
        return Ok(version.to_owned());
    }
    let [major, minor] = OLDEST;
    Err(Unavailable::new(
        format!("`{version}` is older than {major}.{minor}"),
        [INSTALL],
    ))
}

/// `bubblewrap 0.8.0`
fn is_new_enough(version: &str) -> bool {
    let number = version.rsplit(' ').next().unwrap_or_default();
    let parts: Vec<u32> = number
        .split('.')
        .map_while(|part| part.parse().ok())
        .collect();
    parts.len() > 1 && parts.as_slice() >= OLDEST.as_slice()
}

/// Has a job look at the walls from inside. Namespaces are what it is to try, so only one category is refused to it.
fn look_around(sandbox: &Sandbox) -> Result<Inspection, Unavailable> {
    let job = Job {
        program: HELPER.into(),
        args: vec![LOOK.into(), sandbox.helper.clone().into()],
        env: Vec::new(),
        folder: "/".into(),
        readable: Vec::new(),
        writable: None,
        proc: true,
        limits: ResourceLimits::RUN,
        policy: Policy {
            processes: CallAction::Allow,
            network: CallAction::Refuse,
            writing: CallAction::Allow,
            system: CallAction::Allow,
        },
    };
    let ran = run(&mut sandbox.command(&job))?;
    let sight = match sandbox.ending(ran.ending) {
        Ok(Ending::Exit(0)) => serde_json::from_str(&ran.stdout).ok(),
        _ => None,
    };
    sight.ok_or_else(|| {
        let failure = ProbeFailure {
            words: &ran.stderr,
            by_root: nix::unistd::geteuid().is_root(),
            setting: |name| fs::read_to_string(Path::new("/proc/sys").join(name)).ok(),
        };
        failure.explained()
    })
}

fn run(command: &mut Command) -> Result<Ran, Unavailable> {
    process::run(command, PATIENCE, |_| ())
        .map_err(|error| Unavailable::new(format!("{error:#}"), [INSTALL]))
}

impl Inspection {
    /// What must hold, and does not.
    fn gap(&self) -> Option<&'static str> {
        let held = [
            (
                self.own_processes,
                "inside, the processes outside can be seen",
            ),
            (
                self.own_files,
                "inside, files can be seen or written that are not on the list",
            ),
            (
                self.no_more_namespaces,
                "inside, more user namespaces can be made",
            ),
        ];
        held.into_iter()
            .find_map(|(holds, gap)| (!holds).then_some(gap))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_bubblewrap_is_told_from_a_new_one() {
        for new in ["bubblewrap 0.8.0", "bubblewrap 0.11.0", "bubblewrap 1.0"] {
            assert!(is_new_enough(new), "{new}");
        }
        for old in ["bubblewrap 0.6.1", "bubblewrap 0.7.0", "bubblewrap", ""] {
            assert!(!is_new_enough(old), "{old}");
        }
    }

    #[test]
    fn each_gap_in_the_walls_is_a_reason_not_to_grade() {
        let whole = Inspection {
            own_processes: true,
            own_files: true,
            no_more_namespaces: true,
            landlock: false,
            seccomp: false,
        };
        assert_eq!(whole.gap(), None);
        let gaps = [
            Inspection {
                own_processes: false,
                ..whole
            },
            Inspection {
                own_files: false,
                ..whole
            },
            Inspection {
                no_more_namespaces: false,
                ..whole
            },
        ];
        for gap in gaps {
            assert!(gap.gap().is_some(), "{gap:?}");
        }
    }
}
