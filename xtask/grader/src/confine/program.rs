//! Starts a program under its restrictions, and waits for it.

use std::convert::Infallible;
use std::env;
use std::ffi::{CString, OsString};
use std::io::{Read, Write};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::net::UnixStream;

use anyhow::{Context, Result, bail};
use nix::sys::signal::{SigHandler, Signal, signal};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, Pid, fork};

use super::restrictions::Restrictions;
use super::{limits, status};

/// Runs a program until it ends, and returns the exit status that encodes how. The arguments are its [`Restrictions`], its
/// path, and its own arguments.
///
/// # Errors
///
/// The program was not started.
pub(super) fn run(mut args: impl Iterator<Item = OsString>) -> Result<u8> {
    let restrictions = args.next().context("there are no restrictions")?;
    let restrictions: Restrictions =
        serde_json::from_slice(restrictions.as_encoded_bytes()).context("invalid restrictions")?;
    let command = Command::new(args)?;
    protect_this_process(&restrictions)?;
    // Starting the program closes the writing end, so only the error of a failed start arrives.
    let (mut reader, mut writer) = UnixStream::pair()?;
    // SAFETY: there is one thread, so no other thread holds a lock at the moment of the fork.
    match unsafe { fork() }.context("no process can be started")? {
        ForkResult::Child => {
            let Err(error) = command.exec_confined(&restrictions);
            let _ = writer.write_all(format!("{error:#}").as_bytes());
            Ok(0)
        }
        ForkResult::Parent { child } => {
            drop(writer);
            let mut error = String::new();
            reader.read_to_string(&mut error)?;
            if !error.is_empty() {
                bail!("{error}");
            }
            wait_for(child)
        }
    }
}

/// Waits for the end of the program, and returns the status that encodes it. Reaps other processes meanwhile: process 1 of a
/// namespace inherits all orphans.
fn wait_for(program: Pid) -> Result<u8> {
    loop {
        match waitpid(None, None).context("the program is lost")? {
            WaitStatus::Exited(pid, code) if pid == program => {
                return Ok(status::encode_exit(code));
            }
            WaitStatus::Signaled(pid, signal, _) if pid == program => {
                return Ok(status::encode_signal(signal as i32));
            }
            _ => {}
        }
    }
}

/// A program with its arguments (the program is the first) and the environment of this process.
struct Command {
    program: CString,
    args: Vec<CString>,
    env: Vec<CString>,
}

impl Command {
    fn new(args: impl Iterator<Item = OsString>) -> Result<Self> {
        let c_string = |text: OsString| CString::new(text.into_vec());
        let args: Vec<_> = args.map(c_string).collect::<Result<_, _>>()?;
        let env = env::vars_os().map(|(name, value)| {
            let mut entry = name;
            entry.push("=");
            entry.push(value);
            c_string(entry)
        });
        Ok(Self {
            program: args.first().context("no program is named")?.clone(),
            env: env.collect::<Result<_, _>>()?,
            args,
        })
    }

    /// Restricts this process, then replaces it by the program.
    #[cfg(target_os = "linux")]
    fn exec_confined(&self, restrictions: &Restrictions) -> Result<Infallible> {
        use super::{files, syscalls};
        use nix::sys::prctl;

        let key = syscalls::Key::random()?;
        let filters = syscalls::Filters::of(&restrictions.policy, key)?;
        close_files_on_exec()?;
        restore_sigpipe()?;
        prctl::set_no_new_privs()?;
        if !restrictions.isolated {
            // In a PID namespace it dies with process 1 anyway.
            prctl::set_pdeathsig(Signal::SIGKILL)?;
        }
        limits::apply(restrictions)?;
        if restrictions.isolated {
            files::apply(restrictions)?;
        }
        filters.apply()?;
        key.exec(&self.program, &self.args, &self.env).with_context(|| self.start_error())
    }

    /// Elsewhere there are resource limits only.
    #[cfg(not(target_os = "linux"))]
    fn exec_confined(&self, restrictions: &Restrictions) -> Result<Infallible> {
        restore_sigpipe()?;
        limits::apply(restrictions)?;
        nix::unistd::execve(&self.program, &self.args, &self.env)
            .with_context(|| self.start_error())
    }

    fn start_error(&self) -> String {
        format!("`{}` cannot be started", self.program.to_string_lossy())
    }
}

/// Restores the default action of SIGPIPE, which other programs expect: Rust's runtime ignores it, and a child inherits that.
fn restore_sigpipe() -> Result<()> {
    // SAFETY: this process has set no handler, so none is lost.
    unsafe { signal(Signal::SIGPIPE, SigHandler::SigDfl) }?;
    Ok(())
}

/// Makes the start of the program close every file descriptor but the three standard streams.
#[cfg(target_os = "linux")]
fn close_files_on_exec() -> Result<()> {
    use nix::libc::{CLOSE_RANGE_CLOEXEC, SYS_close_range, syscall};

    const FIRST: u32 = 3;
    // SAFETY: the descriptors are closed at the start of the program only, when no value of this process owns one any more.
    let closed = unsafe { syscall(SYS_close_range, FIRST, u32::MAX, CLOSE_RANGE_CLOEXEC) };
    nix::errno::Errno::result(closed)
        .map(drop)
        .context("inherited files cannot be closed; that takes Linux 5.11")
}

/// Keeps other processes of the user from reading this one's memory. Without bubblewrap, which takes care of that otherwise,
/// also makes this process die with the runner.
#[cfg(target_os = "linux")]
fn protect_this_process(restrictions: &Restrictions) -> Result<()> {
    use nix::sys::prctl;

    prctl::set_dumpable(false)?;
    if !restrictions.isolated {
        prctl::set_pdeathsig(Signal::SIGKILL)?;
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn protect_this_process(_: &Restrictions) -> Result<()> {
    Ok(())
}
