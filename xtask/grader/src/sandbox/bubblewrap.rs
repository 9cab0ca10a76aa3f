//! Bubblewrap's command line for a job.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use xtask_core::files;

use super::mounts::{self, Mount};
use super::{Job, VisiblePath};
use crate::confine::{CONFINE, DROP, Inspection, NOBODY, Restrictions};

/// The paths inside of the grader's program, for the last step, and of bubblewrap in the first layer.
pub(super) const HELPER: &str = "/confine";
const BUBBLEWRAP: &str = "/bubblewrap";

#[derive(Clone, Debug)]
pub(super) struct Bubblewrap {
    pub(super) program: PathBuf,
    /// As it prints it: `bubblewrap 0.8.0`.
    pub(super) version: String,
    /// Whether root starts it; then there are two layers.
    pub(super) by_root: bool,
    /// The mounts that every program needs.
    pub(super) base: Vec<Mount>,
    /// What the probe found inside.
    pub(super) inspection: Inspection,
}

/// The generations of the sandbox's own processes. Each bubblewrap has one process outside and one inside, which is process 1
/// of the new namespace; in the inner layer that is [`crate::confine`].
const ONE_LAYER: usize = 2;
const TWO_LAYERS: usize = 4;

impl Bubblewrap {
    pub(super) fn command(&self, job: &Job, helper: &Path) -> Command {
        let mut mounts = self.base.clone();
        mounts.push(Mount::Readable(VisiblePath::new(helper, HELPER)));
        mounts.push(if job.proc {
            Mount::Processes
        } else {
            Mount::Link { to: job.program.clone(), at: "/proc/self/exe".into() }
        });
        if job.limits.scratch > 0 {
            mounts.push(Mount::Scratch { at: "/tmp".into(), bytes: job.limits.scratch });
        }
        mounts.extend(job.readable.iter().cloned().map(Mount::Readable));
        mounts.extend(job.writable.iter().cloned().map(Mount::Writable));

        let mut command = Command::new(&self.program);
        command.env_clear();
        if self.by_root {
            command.args(self.first_layer(&mounts));
            mounts = mounts.into_iter().map(Mount::in_second_layer).collect();
        }
        command.args(inner_layer(job, &mounts));
        command.args([HELPER, CONFINE]);
        command.arg(restrictions(job, &mounts).to_string());
        command.arg(&job.program).args(&job.args);
        command
    }

    /// The arguments of the first layer, which runs with root's rights: it shows to `nobody` the files that only root can reach,
    /// and bubblewrap itself.
    ///
    /// It has a PID namespace, so that all processes end with its process 1. Its `/proc` is that of this machine, since Linux
    /// lets the second layer mount another one only where a complete one is visible.
    fn first_layer(&self, mounts: &[Mount]) -> Vec<OsString> {
        let mut visible = mounts.to_vec();
        visible.retain(|mount| !mount.at().starts_with("/proc") && !mount.is_scratch());
        visible.push(Mount::Readable(VisiblePath::new(&self.program, BUBBLEWRAP)));
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
        std::os::unix::fs::lchown(folder, Some(NOBODY), Some(NOBODY))
            .with_context(|| format!("`{}` cannot be given to `nobody`", folder.display()))?;
        match folder.symlink_metadata() {
            Ok(kind) if kind.is_dir() => {
                files::entries(folder)?.iter().try_for_each(|inside| self.make_writable(inside))
            }
            _ => Ok(()),
        }
    }
}

/// The arguments of the layer around the program, with every kind of namespace that Linux has.
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

/// The restrictions inside. Landlock allows nothing of `/proc`: reading the links in it needs no permission.
fn restrictions(job: &Job, mounts: &[Mount]) -> Restrictions {
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
        isolated: true,
        readable: paths(false),
        writable: paths(true),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Policy, ResourceLimits};
    use super::*;

    fn command(by_root: bool, proc: bool) -> String {
        let bubblewrap = Bubblewrap {
            program: "/usr/bin/bwrap".into(),
            version: String::new(),
            by_root,
            base: vec![Mount::Readable(VisiblePath::new("/usr/lib", "/usr/lib"))],
            inspection: Inspection::default(),
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
            limits: ResourceLimits { scratch: 9, ..ResourceLimits::RUN },
            policy: Policy::RUN,
        };
        let command = bubblewrap.command(&job, Path::new("/root/grading"));
        let args: Vec<_> = command.get_args().map(|arg| arg.to_string_lossy()).collect();
        let restrictions = args.iter().position(|arg| arg.starts_with('{')).unwrap();
        let restrictions: Restrictions = serde_json::from_str(&args[restrictions]).unwrap();
        assert_eq!(restrictions.writable, [Path::new("/tmp"), Path::new("/out")]);
        args.join(" ").replace(&restrictions.to_string(), "RESTRICTIONS")
    }

    const INNER: &str = "--unshare-all --unshare-user --disable-userns --cap-drop ALL --die-with-parent --new-session --as-pid-1 --uid 65534 --gid 65534 --hostname sandbox --clearenv --setenv A b";

    #[test]
    fn an_ordinary_user_has_one_layer() {
        assert_eq!(
            command(false, false),
            format!(
                "{INNER} \
                 --dir /usr --ro-bind /usr/lib /usr/lib --ro-bind /root/grading /confine \
                 --dir /proc --dir /proc/self --symlink /check /proc/self/exe --size 9 --tmpfs /tmp \
                 --ro-bind /root/target/check-1 /check --bind /root/out /out \
                 --remount-ro / --chdir / -- /confine confine RESTRICTIONS /check --exact"
            )
        );
    }

    #[test]
    fn root_has_two_layers_and_stays_in_the_first() {
        assert_eq!(
            command(true, true),
            format!(
                "--die-with-parent --unshare-pid --cap-drop ALL --cap-add CAP_SETUID --cap-add CAP_SETGID \
                 --dir /usr --ro-bind /usr/lib /usr/lib --ro-bind /root/grading /confine \
                 --ro-bind /root/target/check-1 /check --bind /root/out /out --ro-bind /usr/bin/bwrap /bubblewrap \
                 --dir /tmp --bind /proc /proc --remount-ro / -- /confine drop-to-nobody /bubblewrap \
                 {INNER} \
                 --dir /usr --ro-bind /usr/lib /usr/lib --ro-bind /confine /confine \
                 --proc /proc --remount-ro /proc --size 9 --tmpfs /tmp \
                 --ro-bind /check /check --bind /out /out \
                 --remount-ro / --chdir / -- /confine confine RESTRICTIONS /check --exact"
            )
        );
    }
}
