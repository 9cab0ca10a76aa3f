//! The sandbox in which code that nobody has read is compiled and run: a job goes in, a command comes out.
//!
//! On Linux bubblewrap builds walls around the program: file system, processes, network and users of its own. Inside, the
//! last step is [`crate::confine`]. Root does not go in: started by root, a first layer of walls, built with root's rights, shows
//! what is to be shown, and what enters the second is the user `nobody`. Elsewhere there are no walls; then a submission
//! is run only if the instructor has said so in words.

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
use xtask_core::process::Ending;

pub use crate::confine::{CallAction, Category, Policy, ResourceLimits, SandboxFailure};
pub use toolchain::Toolchain;
pub use unavailable::Unavailable;

/// What is to be run, as the program will see it: all paths are those that [`Sandbox::path_inside`] tells.
#[derive(Clone, Debug)]
pub struct Job {
    pub program: PathBuf,
    pub args: Vec<OsString>,
    /// The whole environment.
    pub env: Vec<(OsString, OsString)>,
    /// The working folder.
    pub folder: PathBuf,
    /// Besides the system's libraries, which are always there.
    pub readable: Vec<VisiblePath>,
    /// A folder of this machine for what is to stay. [`Sandbox::make_writable`] it first.
    pub writable: Option<VisiblePath>,
    /// Whether there is a `/proc`, of the processes inside. Without it there is one link in it, by which a program finds
    /// itself (`std::env::current_exe`).
    pub proc: bool,
    pub limits: ResourceLimits,
    pub policy: Policy,
}

/// A file or a folder of this machine that is shown to a program, and where.
///
/// If root is to start the job, `nobody` must be allowed to read it; the folders above it may be closed to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisiblePath {
    pub host: PathBuf,
    /// Absolute, UTF-8, below no other thing that is shown, and not `/confine`, `/dev`, `/proc` or `/walls`.
    pub inside: PathBuf,
}

impl VisiblePath {
    pub fn new(host: impl Into<PathBuf>, inside: impl Into<PathBuf>) -> Self {
        Self {
            host: host.into(),
            inside: inside.into(),
        }
    }
}

/// Where submissions are compiled and run.
#[derive(Clone, Debug)]
pub struct Sandbox {
    /// The program of this package, which does the last step inside.
    #[cfg_attr(
        not(unix),
        expect(dead_code, reason = "there are no steps on this system")
    )]
    helper: PathBuf,
    #[cfg(target_os = "linux")]
    walls: Option<bubblewrap::Bubblewrap>,
}

impl Sandbox {
    /// Tries the walls, with a job that looks at them from inside.
    ///
    /// `helper` is this package's program: `std::env::current_exe()` in the program itself.
    ///
    /// # Errors
    ///
    /// What of them does not hold on this machine, and what can be done.
    pub fn probe(helper: &Path) -> Result<Self, Unavailable> {
        #[cfg(target_os = "linux")]
        return probe::walls(helper);
        #[cfg(not(target_os = "linux"))]
        {
            let _ = helper;
            Err(Unavailable::new(
                "walls are built on Linux only",
                ["grade on Linux; a virtual machine or a CI runner will do"],
            ))
        }
    }

    /// No walls: a submission can do whatever its user can. Only limits and, on Linux, refused calls.
    pub fn unconfined(helper: &Path) -> Self {
        Self {
            helper: helper.to_owned(),
            #[cfg(target_os = "linux")]
            walls: None,
        }
    }

    /// What confines a submission, and what of it is missing, a line each, for the report.
    pub fn words(&self) -> Vec<String> {
        description::describe(self)
    }

    /// Where a program in this sandbox finds what is shown to it.
    pub fn path_inside<'a>(&self, shown: &'a VisiblePath) -> &'a Path {
        if self.is_isolated() {
            &shown.inside
        } else {
            &shown.host
        }
    }

    /// Whether there are walls.
    pub fn is_isolated(&self) -> bool {
        #[cfg(target_os = "linux")]
        return self.walls.is_some();
        #[cfg(not(target_os = "linux"))]
        return false;
    }

    /// Makes a folder one that jobs can write to. What they leave there is as little to be trusted as they are: follow no
    /// link in it.
    ///
    /// # Errors
    ///
    /// The folder cannot be given to `nobody`.
    pub fn make_writable(&self, folder: &Path) -> Result<()> {
        #[cfg(target_os = "linux")]
        if let Some(walls) = &self.walls {
            return walls.make_writable(folder);
        }
        let _ = folder;
        Ok(())
    }

    /// The command that runs a job. Its streams are the program's; [`Sandbox::ending`] tells how the program ended.
    ///
    /// The thread that starts it must outlive it: with that thread, all inside die.
    pub fn command(&self, job: &Job) -> Command {
        #[cfg(target_os = "linux")]
        if let Some(walls) = &self.walls {
            return walls.command(job, &self.helper);
        }
        let mut command = self.without_walls(job);
        command
            .args(&job.args)
            .env_clear()
            .envs(job.env.iter().map(|(name, value)| (name, value)))
            .current_dir(&job.folder);
        command
    }

    #[cfg(unix)]
    fn without_walls(&self, job: &Job) -> Command {
        use crate::confine::{CONFINE, Restrictions};

        let orders = Restrictions {
            limits: job.limits,
            policy: job.policy,
            walls: false,
            readable: Vec::new(),
            writable: Vec::new(),
        };
        let mut command = Command::new(&self.helper);
        command
            .arg(CONFINE)
            .arg(orders.to_string())
            .arg(&job.program);
        command
    }

    #[cfg(not(unix))]
    fn without_walls(&self, job: &Job) -> Command {
        Command::new(&job.program)
    }

    /// How the program ended whose command ended so.
    ///
    /// A program that died of a signal is told from one that ended by itself with whatever status.
    ///
    /// # Errors
    ///
    /// The program was not started: the sandbox is to blame.
    pub fn ending(&self, command: Ending) -> Result<Ending, SandboxFailure> {
        if cfg!(unix) {
            crate::confine::ending(command)
        } else {
            Ok(command)
        }
    }

    /// How many generations below the process of [`Sandbox::command`] the program is; what stands between is the sandbox.
    /// [`crate::overlap`] asks.
    pub fn process_depth(&self) -> usize {
        #[cfg(target_os = "linux")]
        if let Some(walls) = &self.walls {
            return walls.process_depth();
        }
        usize::from(cfg!(unix))
    }
}
