//! The sandbox in which submissions are compiled and run: turns a [`Job`] into a command.
//!
//! On Linux, bubblewrap isolates the program in namespaces for files, processes, network and users. Inside, the last step is
//! [`crate::confine`]. Root's rights do not get inside: if root grades, a first layer, created with root's rights, makes the
//! files visible, and the user `nobody` enters the second. Other systems have no isolation; there, a submission runs only if
//! the instructor asks for that.

#[cfg(target_os = "linux")]
mod bubblewrap;
mod description;
#[cfg(target_os = "linux")]
mod mounts;
#[cfg(target_os = "linux")]
mod probe;
mod toolchain;
mod unavailable;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use xtask_core::process::Termination;

pub use crate::confine::{CallAction, Category, Policy, ResourceLimits, SandboxFailure};
pub use toolchain::Toolchain;
pub use unavailable::Unavailable;

/// A program to run, as the sandbox shows it: all paths but the hosts' are those that [`Sandbox::path_inside`] returns.
#[derive(Clone, Debug)]
pub struct Job {
    pub program: PathBuf,
    pub args: Vec<OsString>,
    /// The whole environment.
    pub env: Vec<(OsString, OsString)>,
    /// The working folder.
    pub folder: PathBuf,
    /// Files and folders to show, besides the system's libraries.
    pub readable: Vec<VisiblePath>,
    /// A folder for the files that the job leaves. It must go through [`Sandbox::make_writable`] first.
    pub writable: Option<VisiblePath>,
    /// Whether to mount `/proc`, with the processes inside. Otherwise it holds only the link that
    /// `std::env::current_exe` reads.
    pub proc: bool,
    pub limits: ResourceLimits,
    pub policy: Policy,
}

/// A file or a folder of this machine, and the path at which a program in the sandbox sees it.
///
/// If root starts the job, `nobody` must be allowed to read it, but not the folders above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisiblePath {
    pub host: PathBuf,
    /// Absolute, UTF-8, not below another visible path, and not `/confine`, `/dev`, `/proc` or `/bubblewrap`.
    pub inside: PathBuf,
}

impl VisiblePath {
    pub fn new(host: impl Into<PathBuf>, inside: impl Into<PathBuf>) -> Self {
        Self { host: host.into(), inside: inside.into() }
    }
}

/// The sandbox of this machine, with or without isolation.
#[derive(Clone, Debug)]
pub struct Sandbox {
    /// The grader's program, which is also the last step inside.
    #[cfg_attr(not(unix), expect(dead_code, reason = "there are no steps on this system"))]
    helper: PathBuf,
    #[cfg(target_os = "linux")]
    bubblewrap: Option<bubblewrap::Bubblewrap>,
}

impl Sandbox {
    /// Tests the isolation with a job that inspects it from inside.
    ///
    /// `helper` is the grader's program: `std::env::current_exe()` in the program itself.
    ///
    /// # Errors
    ///
    /// Submissions cannot be isolated on this machine: why, and the remedies.
    pub fn probe(helper: &Path) -> Result<Self, Unavailable> {
        #[cfg(target_os = "linux")]
        return probe::probe(helper);
        #[cfg(not(target_os = "linux"))]
        {
            let _ = helper;
            Err(Unavailable::new(
                "isolation needs Linux",
                ["grade on Linux; a virtual machine or a CI runner will do"],
            ))
        }
    }

    /// A sandbox without isolation: a submission can do whatever its user can, within resource limits and, on Linux, without
    /// the forbidden system calls.
    pub fn without_isolation(helper: &Path) -> Self {
        Self {
            helper: helper.to_owned(),
            #[cfg(target_os = "linux")]
            bubblewrap: None,
        }
    }

    /// Sentences for the report: what confines a submission, and what is missing.
    pub fn describe(&self) -> Vec<String> {
        description::describe(self)
    }

    /// The path at which a program in this sandbox sees a file or folder.
    pub fn path_inside<'a>(&self, path: &'a VisiblePath) -> &'a Path {
        if self.is_isolated() { &path.inside } else { &path.host }
    }

    /// Whether bubblewrap isolates the programs.
    pub fn is_isolated(&self) -> bool {
        #[cfg(target_os = "linux")]
        return self.bubblewrap.is_some();
        #[cfg(not(target_os = "linux"))]
        return false;
    }

    /// Lets jobs write to a folder and to all that is in it. The files that they leave are untrusted: follow no link among them.
    ///
    /// # Errors
    ///
    /// The folder cannot be given to `nobody`.
    pub fn make_writable(&self, folder: &Path) -> Result<()> {
        #[cfg(target_os = "linux")]
        if let Some(bubblewrap) = &self.bubblewrap {
            return bubblewrap.make_writable(folder);
        }
        let _ = folder;
        Ok(())
    }

    /// The command that runs a job. Its standard streams are those of the program; [`Sandbox::termination`] decodes how the
    /// program ended.
    ///
    /// The thread that starts the command must outlive it: all processes inside die with that thread.
    pub fn command(&self, job: &Job) -> Command {
        #[cfg(target_os = "linux")]
        if let Some(bubblewrap) = &self.bubblewrap {
            return bubblewrap.command(job, &self.helper);
        }
        let mut command = self.unisolated_command(job);
        command
            .args(&job.args)
            .env_clear()
            .envs(job.env.iter().map(|(name, value)| (name, value)))
            .current_dir(&job.folder);
        command
    }

    #[cfg(unix)]
    fn unisolated_command(&self, job: &Job) -> Command {
        use crate::confine::{CONFINE, Restrictions};

        let restrictions = Restrictions {
            limits: job.limits,
            policy: job.policy,
            isolated: false,
            readable: Vec::new(),
            writable: Vec::new(),
        };
        let mut command = Command::new(&self.helper);
        command.arg(CONFINE).arg(restrictions.to_string()).arg(&job.program);
        command
    }

    #[cfg(not(unix))]
    fn unisolated_command(&self, job: &Job) -> Command {
        Command::new(&job.program)
    }

    /// How the program of a command ended, given how the command ended. Distinguishes a signal from every exit status.
    ///
    /// # Errors
    ///
    /// The sandbox failed, and the program was not started.
    pub fn termination(&self, command: Termination) -> Result<Termination, SandboxFailure> {
        if cfg!(unix) { crate::confine::termination(command) } else { Ok(command) }
    }

    /// The number of generations from the process of [`Sandbox::command`] down to the program; those between are the
    /// sandbox's own. See [`crate::overlap`].
    pub fn process_depth(&self) -> usize {
        #[cfg(target_os = "linux")]
        if let Some(bubblewrap) = &self.bubblewrap {
            return bubblewrap.process_depth();
        }
        usize::from(cfg!(unix))
    }
}
