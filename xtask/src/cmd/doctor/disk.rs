//! The disk that is built on: how much room it has, and whether it is one of this machine.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use measure::protocol::Finding;
use xtask_core::course::Course;
use xtask_core::process::{self, Limits, Termination};

const PART: &str = "disk space";

/// What checking builds: with the runner, the pictures and the checks of all six lessons, target/ held 0.94 GB (x86-64 Linux,
/// `check NN --solution`, 2026-11-22).
const CHECKS: u64 = 1_000_000_000;
/// What all commands together need: on that machine `verify` took 1.6 GB more, Python's packages take 0.4, criterion some more.
const EVERYTHING: u64 = 4_000_000_000;

/// A drive in the network that has gone would keep it for ever.
const LIMITS: Limits = Limits { deadline: Duration::from_secs(20), output: 1 << 16 };

/// What is known of the disk that the build folder lies on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disk {
    /// What is mounted there: `/dev/sda1`, or `server:/home` for one in the network.
    pub source: String,
    pub free: u64,
}

/// Asks `df`; `None` where there is none, as on Windows, or where it does not know.
pub fn look(course: &Course) -> Option<Disk> {
    let folder = build_folder(course);
    let there = folder.ancestors().find(|folder| folder.exists())?;
    let mut df = Command::new("df");
    df.arg("-Pk").arg(there).env("LC_ALL", "C");
    let output = process::run(&mut df, LIMITS, |_| ()).ok()?;
    disk(&output.stdout).filter(|_| output.termination == Termination::Exit(0))
}

/// Where cargo builds.
fn build_folder(course: &Course) -> PathBuf {
    let elsewhere = std::env::var_os("CARGO_TARGET_DIR");
    course.root().join(elsewhere.as_deref().map_or(Path::new("target"), Path::new))
}

/// What the second line of `df -Pk` tells: the source, which may hold spaces, then the blocks of 1024 bytes that there
/// are, that are used and that are free, then `46%` and the place.
fn disk(said: &str) -> Option<Disk> {
    let line = said.lines().nth(1)?;
    let (before, _) = line.split_once("% ")?;
    let fields: Vec<&str> = before.split_whitespace().collect();
    let [source @ .., _blocks, _used, free, _percent] = fields.as_slice() else {
        return None;
    };
    Some(Disk { source: source.join(" "), free: free.parse::<u64>().ok()?.checked_mul(1024)? })
}

pub fn inspect(disk: Option<&Disk>) -> Finding {
    let Some(disk) = disk else {
        return Finding::good(PART, "not known on this system; some gigabytes are enough");
    };
    let free = format!("{:.1} GB free", disk.free as f64 / 1e9);
    let remedy = "make room; `cargo clean` removes what was built, never your code";
    match disk.free {
        ..CHECKS => Finding::bad(PART, format!("{free}, and the checks alone need 1 GB"), remedy),
        CHECKS..EVERYTHING => {
            Finding::limited(PART, format!("{free}, and with every tool used it is 4 GB"), remedy)
        }
        _ => Finding::good(PART, free),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use measure::protocol::FindingState;

    #[test]
    fn df_tells_the_source_and_what_is_free() {
        let said = |line: &str| {
            disk(&format!(
                "Filesystem     1024-blocks      Used Available Capacity Mounted on\n{line}\n"
            ))
        };
        let local =
            said("/dev/vda         263174212  43000000      2000      46% /home/ann/a 5% disk");
        let expected = Disk { source: "/dev/vda".to_owned(), free: 2_048_000 };
        assert_eq!(local, Some(expected));
        let shared = said("//server/my share   100 20 80 20% /mnt").unwrap();
        assert_eq!(shared.source, "//server/my share");
        assert_eq!(disk("df: no such file\n"), None);
    }

    #[test]
    fn a_disk_is_judged_by_what_the_course_builds() {
        let state = |free| {
            let source = String::new();
            inspect(Some(&Disk { source, free })).state
        };
        assert_eq!(state(300_000_000), FindingState::Bad);
        assert_eq!(state(2_000_000_000), FindingState::Limited);
        assert_eq!(state(20_000_000_000), FindingState::Good);
        assert_eq!(inspect(None).state, FindingState::Good);
    }
}
