//! Starts the program under its orders, and waits for it.

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

/// Runs the program of the arguments (its orders, its path, its own arguments) to its end, and says which status tells of it.
///
/// # Errors
///
/// The program was not started.
pub(super) fn run(mut args: impl Iterator<Item = OsString>) -> Result<u8> {
    let orders = args.next().context("there are no orders")?;
    let orders: Restrictions =
        serde_json::from_slice(orders.as_encoded_bytes()).context("the orders are garbled")?;
    let command = Command::of(args)?;
    out_of_reach(&orders)?;
    // Its other end is closed by the start of the program: what is heard are the words of one that was not started.
    let (mut ear, mut mouth) = UnixStream::pair()?;
    // SAFETY: there is one thread, so no other holds a lock at the moment of the fork.
    match unsafe { fork() }.context("no process can be started")? {
        ForkResult::Child => {
            let Err(error) = command.become_confined(&orders);
            let _ = mouth.write_all(format!("{error:#}").as_bytes());
            Ok(status::of_exit(0))
        }
        ForkResult::Parent { child } => {
            drop(mouth);
            let mut words = String::new();
            ear.read_to_string(&mut words)?;
            if !words.is_empty() {
                bail!("{words}");
            }
            end_of(child)
        }
    }
}

/// Waits for the end of the program. Whatever else ends is laid to rest: behind the walls this is the first process, which
/// inherits all orphans.
fn end_of(program: Pid) -> Result<u8> {
    loop {
        match waitpid(None, None).context("the program is lost")? {
            WaitStatus::Exited(ended, code) if ended == program => {
                return Ok(status::of_exit(code));
            }
            WaitStatus::Signaled(ended, signal, _) if ended == program => {
                return Ok(status::of_signal(signal as i32));
            }
            _ => {}
        }
    }
}

/// A program with its arguments and its environment, which is this process's.
struct Command {
    program: CString,
    args: Vec<CString>,
    env: Vec<CString>,
}

impl Command {
    fn of(args: impl Iterator<Item = OsString>) -> Result<Self> {
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

    /// Takes from this process what the orders say, then becomes the program.
    #[cfg(target_os = "linux")]
    fn become_confined(&self, orders: &Restrictions) -> Result<Infallible> {
        use super::{files, syscalls};
        use nix::sys::prctl;

        let key = syscalls::Key::random()?;
        let filters = syscalls::Filters::of(&orders.policy, key)?;
        leave_nothing_open()?;
        obey_signals()?;
        prctl::set_no_new_privs()?;
        if !orders.walls {
            // Behind walls it dies with the first process anyway.
            prctl::set_pdeathsig(Signal::SIGKILL)?;
        }
        limits::apply(orders)?;
        if orders.walls {
            files::apply(orders)?;
        }
        filters.apply()?;
        key.exec(&self.program, &self.args, &self.env)
            .with_context(|| self.not_started())
    }

    /// Elsewhere there are limits, and nothing else.
    #[cfg(not(target_os = "linux"))]
    fn become_confined(&self, orders: &Restrictions) -> Result<Infallible> {
        obey_signals()?;
        limits::apply(orders)?;
        nix::unistd::execve(&self.program, &self.args, &self.env)
            .with_context(|| self.not_started())
    }

    fn not_started(&self) -> String {
        format!("`{}` cannot be started", self.program.to_string_lossy())
    }
}

/// Programs expect to be ended by a broken pipe; Rust's own ignore it, and what is ignored is inherited.
fn obey_signals() -> Result<()> {
    // SAFETY: no handler of ours is set, so none is lost.
    unsafe { signal(Signal::SIGPIPE, SigHandler::SigDfl) }?;
    Ok(())
}

/// Whatever this process inherited, or opened, besides the three standard streams, the program does not have.
#[cfg(target_os = "linux")]
fn leave_nothing_open() -> Result<()> {
    use nix::libc::{CLOSE_RANGE_CLOEXEC, SYS_close_range, syscall};

    const FIRST: u32 = 3;
    // SAFETY: nothing is closed here, but at the start of the program, when nobody owns a descriptor any more.
    let closed = unsafe { syscall(SYS_close_range, FIRST, u32::MAX, CLOSE_RANGE_CLOEXEC) };
    nix::errno::Errno::result(closed)
        .map(drop)
        .context("inherited files cannot be closed; that takes Linux 5.11")
}

/// No process of the same user reads this one's memory; without walls, where there is no bubblewrap to see to it, this one
/// dies with the runner.
#[cfg(target_os = "linux")]
fn out_of_reach(orders: &Restrictions) -> Result<()> {
    use nix::sys::prctl;

    prctl::set_dumpable(false)?;
    if !orders.walls {
        prctl::set_pdeathsig(Signal::SIGKILL)?;
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn out_of_reach(_: &Restrictions) -> Result<()> {
    Ok(())
}
