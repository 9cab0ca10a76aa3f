//! The children that are running, and the end of all of them at once.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, ensure};
use shared_child::SharedChild;

/// The children that are running now.
static RUNNING: Mutex<Vec<Arc<SharedChild>>> = Mutex::new(Vec::new());

pub(super) fn running() -> MutexGuard<'static, Vec<Arc<SharedChild>>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A child that is on the list of those to be ended with the runner.
pub(super) struct Running(pub(super) Arc<SharedChild>);

impl Running {
    /// A child whose standard input is empty.
    pub(super) fn start(command: &mut Command) -> Result<Self> {
        Self::spawn(command.stdin(Stdio::null()))
    }

    /// A child that reads what it is sent.
    pub(super) fn start_listening(command: &mut Command) -> Result<Self> {
        Self::spawn(command.stdin(Stdio::piped()))
    }

    fn spawn(command: &mut Command) -> Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        // Under the lock, so that an interrupt either sees the child on the list or comes before it is started.
        let mut running = running();
        ensure!(
            !Halt::is_on(),
            "`{}` is not started: everything has been stopped",
            command.get_program().to_string_lossy()
        );
        let child = SharedChild::spawn(command).with_context(|| {
            format!(
                "`{}` cannot be started",
                command.get_program().to_string_lossy()
            )
        })?;
        let child = Arc::new(child);
        running.push(Arc::clone(&child));
        Ok(Self(child))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        running().retain(|child| !Arc::ptr_eq(child, &self.0));
    }
}

/// Ends a child with all that it started; one that has ended already is let be.
pub(super) fn kill(child: &SharedChild) {
    #[cfg(unix)]
    if let Ok(group) = i32::try_from(child.id()) {
        use nix::sys::signal::{Signal, killpg};
        let _ = killpg(nix::unistd::Pid::from_raw(group), Signal::SIGKILL);
    }
    let _ = child.kill();
}

/// How many [`Halt`]s there are.
static HALTS: AtomicUsize = AtomicUsize::new(0);

/// While it lives, nothing runs: what was running has been ended, and whoever wants to start something gets an error.
#[derive(Debug)]
pub struct Halt(());

impl Halt {
    pub fn now() -> Self {
        // Under the lock, so that a child is either on the list or not started.
        let running = running();
        HALTS.fetch_add(1, Ordering::Relaxed);
        running.iter().for_each(|child| kill(child));
        Self(())
    }

    /// Whether there is one: then what has ended may not have ended by itself.
    pub fn is_on() -> bool {
        HALTS.load(Ordering::Relaxed) > 0
    }
}

impl Drop for Halt {
    fn drop(&mut self) {
        HALTS.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::super::{Ending, Limits, run};
    use super::*;

    fn shell(script: &str, each_line: impl FnMut(&str) + Send) -> Result<Ending> {
        let mut command = Command::new("sh");
        let ran = run(command.args(["-c", script]), Limits::NONE, each_line)?;
        Ok(ran.ending)
    }

    #[test]
    fn a_halt_ends_what_runs_and_lets_nothing_start_while_it_lives() {
        let (tell, told) = mpsc::channel();
        let script = "echo asleep >&2; sleep 60";
        let asleep = thread::spawn(move || shell(script, |_| tell.send(()).unwrap()));
        told.recv().unwrap();

        let halt = Halt::now();
        assert_eq!(asleep.join().unwrap().unwrap(), Ending::Signal(9));
        let refused = shell("exit 0", |_| ()).unwrap_err().to_string();
        assert_eq!(refused, "`sh` is not started: everything has been stopped");

        drop(halt);
        assert_eq!(shell("exit 0", |_| ()).unwrap(), Ending::Exit(0));
    }
}
