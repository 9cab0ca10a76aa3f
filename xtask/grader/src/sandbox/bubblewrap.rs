//! Bubblewrap's walls around a job.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::mounts::{self, Mount};
use super::{Job, VisiblePath};
use crate::confine::{CONFINE, DROP, Inspection, NOBODY, Restrictions};

/// Where the program of the last step, and in the first layer bubblewrap, are found inside.
pub(super) const HELPER: &str = "/confine";
const BUBBLEWRAP: &str = "/walls";

#[derive(Clone, Debug)]
pub(super) struct Bubblewrap {
    pub(super) bubblewrap: PathBuf,
    /// As it tells it: `bubblewrap 0.8.0`.
    pub(super) version: String,
    /// Whether they are built by root, in two layers.
    pub(super) by_root: bool,
    /// What every program needs to see.
    pub(super) base: Vec<Mount>,
    /// What the probe saw from inside.
    pub(super) sight: Inspection,
}

/// Generations of processes that are the sandbox's own. Each bubblewrap has a process outside its walls and one, the first
/// process of the new world, inside; in the inner layer the latter is [`crate::confine`].
const ONE_LAYER: usize = 2;
const TWO_LAYERS: usize = 4;

impl Bubblewrap {
    pub(super) fn command(&self, job: &Job, helper: &Path) -> Command {
        let mut mounts = self.base.clone();
        mounts.push(Mount::Readable(VisiblePath::new(helper, HELPER)));
        mounts.push(if job.proc {
            Mount::Processes
        } else {
            Mount::Link {
                to: job.program.clone(),
                at: "/proc/self/exe".into(),
            }
        });
        if job.limits.scratch > 0 {
            mounts.push(Mount::Scratch {
                at: "/tmp".into(),
                bytes: job.limits.scratch,
            });
        }
        mounts.extend(job.readable.iter().cloned().map(Mount::Readable));
        mounts.extend(job.writable.iter().cloned().map(Mount::Writable));

        let mut command = Command::new(&self.bubblewrap);
        command.env_clear();
        if self.by_root {
            command.args(self.first_layer(&mounts));
            mounts = mounts.into_iter().map(Mount::seen_from_inside).collect();
        }
        command.args(inner_layer(job, &mounts));
        command.args([HELPER, CONFINE]);
        command.arg(orders(job, &mounts).to_string());
        command.arg(&job.program).args(&job.args);
        command
    }

    /// Built with root's rights, which end here: shows to `nobody` what lies where only root can go, and bubblewrap itself.
    ///
    /// It has a world of processes of its own, so that the end of its first process is the end of all, whatever becomes of
    /// the user in between. Its `/proc` is that of this machine: only where that is whole does Linux allow another inside.
    fn first_layer(&self, mounts: &[Mount]) -> Vec<OsString> {
        let is_shown = |mount: &&Mount| !mount.at().starts_with("/proc") && !mount.is_scratch();
        let visible = mounts.iter().filter(is_shown);
        let visible: Vec<_> = visible
            .cloned()
            .chain([Mount::Readable(VisiblePath::new(
                &self.bubblewrap,
                BUBBLEWRAP,
            ))])
            .collect();
        let mut args = words("--die-with-parent --unshare-pid --cap-drop ALL");
        args.extend(words("--cap-add CAP_SETUID --cap-add CAP_SETGID"));
        args.extend(mounts::args(&visible));
        args.extend(words("--dir /tmp --bind /proc /proc --remount-ro / --"));
        args.extend([HELPER, DROP, BUBBLEWRAP].map(OsString::from));
        args
    }

    pub(super) fn process_depth(&self) -> usize {
        if self.by_root { TWO_LAYERS } else { ONE_LAYER }
    }

    pub(super) fn make_writable(&self, folder: &Path) -> Result<()> {
        if !self.by_root {
            return Ok(());
        }
        std::os::unix::fs::chown(folder, Some(NOBODY), Some(NOBODY))
            .with_context(|| format!("`{}` cannot be given to nobody", folder.display()))
    }
}

/// The walls proper: a world of its own in every respect that Linux has.
fn inner_layer(job: &Job, mounts: &[Mount]) -> Vec<OsString> {
    let mut args = words("--unshare-all --unshare-user --disable-userns --cap-drop ALL");
    args.extend(words("--die-with-parent --new-session --as-pid-1"));
    args.extend(words(&format!("--uid {NOBODY} --gid {NOBODY}")));
    args.extend(words("--hostname sandbox --clearenv"));
    for (name, value) in &job.env {
        args.extend(["--setenv".into(), name.clone(), value.clone()]);
    }
    args.extend(mounts::args(mounts));
    args.extend(words("--remount-ro / --chdir"));
    args.extend([job.folder.clone().into(), "--".into()]);
    args
}

fn words(words: &str) -> Vec<OsString> {
    words.split(' ').map(OsString::from).collect()
}

/// What Landlock lets through. Of `/proc` that is nothing: the links in it can be followed without.
fn orders(job: &Job, mounts: &[Mount]) -> Restrictions {
    let writable = |mount: &Mount| {
        matches!(mount, Mount::Writable(_) | Mount::Device(_)) || mount.is_scratch()
    };
    let paths = |is_writable: bool| {
        let others = mounts.iter().filter(|&mount| *mount != Mount::Processes);
        others
            .filter(|mount| writable(mount) == is_writable)
            .map(|mount| mount.at().to_owned())
            .collect()
    };
    Restrictions {
        limits: job.limits,
        policy: job.policy,
        walls: true,
        readable: paths(false),
        writable: paths(true),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Policy, ResourceLimits};
    use super::*;

    fn command(by_root: bool, proc: bool) -> String {
        let walls = Bubblewrap {
            bubblewrap: "/usr/bin/bwrap".into(),
            version: String::new(),
            by_root,
            base: vec![Mount::Readable(VisiblePath::new("/usr/lib", "/usr/lib"))],
            sight: Inspection::default(),
        };
        let program = VisiblePath::new("/root/target/check-1", "/check");
        let job = Job {
            program: program.inside.clone(),
            args: vec!["--exact".into()],
            env: vec![("A".into(), "b".into())],
            folder: "/".into(),
            readable: vec![program],
            writable: Some(VisiblePath::new("/root/out", "/out")),
            proc,
            limits: ResourceLimits {
                scratch: 9,
                ..ResourceLimits::RUN
            },
            policy: Policy::RUN,
        };
        let command = walls.command(&job, Path::new("/root/grading"));
        let args: Vec<_> = command
            .get_args()
            .map(|arg| arg.to_string_lossy())
            .collect();
        let orders = args.iter().position(|arg| arg.starts_with('{')).unwrap();
        let orders: Restrictions = serde_json::from_str(&args[orders]).unwrap();
        assert_eq!(orders.writable, [Path::new("/tmp"), Path::new("/out")]);
        args.join(" ").replace(&orders.to_string(), "ORDERS")
    }

    const INNER: &str = "--unshare-all --unshare-user --disable-userns --cap-drop ALL --die-with-parent --new-session --as-pid-1 --uid 65534 --gid 65534 --hostname sandbox --clearenv --setenv A b";

    #[test]
    fn an_ordinary_user_builds_one_layer() {
        assert_eq!(
            command(false, false),
            format!(
                "{INNER} \
                 --dir /usr --ro-bind /usr/lib /usr/lib --ro-bind /root/grading /confine \
                 --dir /proc --dir /proc/self --symlink /check /proc/self/exe --size 9 --tmpfs /tmp \
                 --ro-bind /root/target/check-1 /check --bind /root/out /out \
                 --remount-ro / --chdir / -- /confine confine ORDERS /check --exact"
            )
        );
    }

    #[test]
    fn root_builds_two_and_stays_in_the_first() {
        assert_eq!(
            command(true, true),
            format!(
                "--die-with-parent --unshare-pid --cap-drop ALL --cap-add CAP_SETUID --cap-add CAP_SETGID \
                 --dir /usr --ro-bind /usr/lib /usr/lib --ro-bind /root/grading /confine \
                 --ro-bind /root/target/check-1 /check --bind /root/out /out --ro-bind /usr/bin/bwrap /walls \
                 --dir /tmp --bind /proc /proc --remount-ro / -- /confine drop-to-nobody /walls \
                 {INNER} \
                 --dir /usr --ro-bind /usr/lib /usr/lib --ro-bind /confine /confine \
                 --proc /proc --remount-ro /proc --size 9 --tmpfs /tmp \
                 --ro-bind /check /check --bind /out /out \
                 --remount-ro / --chdir / -- /confine confine ORDERS /check --exact"
            )
        );
    }
}
