//! The children that are running, and the end of all of them at once.

use std::mem;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, ensure};
use shared_child::SharedChild;

/// The children that are running now.
static RUNNING: Mutex<Vec<Listed>> = Mutex::new(Vec::new());

pub(super) fn lock_children() -> MutexGuard<'static, Vec<Listed>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A child on the list of those to be ended with the runner.
pub(super) struct Listed {
    pub(super) child: Arc<SharedChild>,
    on_cancel: OnCancel,
}

/// What a [`CancelToken`] does to a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnCancel {
    End,
    /// What it has half done would be worse than nothing.
    RunThrough,
}

/// A child that is on the list until this is dropped.
pub(super) struct Running(pub(super) Arc<SharedChild>);

impl Running {
    /// A child whose standard input is empty.
    pub(super) fn start(command: &mut Command, on_cancel: OnCancel) -> Result<Self> {
        Self::spawn(command.stdin(Stdio::null()), on_cancel)
    }

    /// A child that reads what it is sent.
    pub(super) fn start_listening(command: &mut Command) -> Result<Self> {
        Self::spawn(command.stdin(Stdio::piped()), OnCancel::End)
    }

    fn spawn(command: &mut Command, on_cancel: OnCancel) -> Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        // Under the lock, so that an interrupt either sees the child on the list or comes before it is started.
        let mut running = lock_children();
        ensure!(
            !CancelToken::is_cancelled(),
            "`{}` is not started: everything has been stopped",
            command.get_program().to_string_lossy()
        );
        let child = SharedChild::spawn(command).with_context(|| {
            format!("`{}` cannot be started", command.get_program().to_string_lossy())
        })?;
        let child = Arc::new(child);
        running.push(Listed { child: Arc::clone(&child), on_cancel });
        Ok(Self(child))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        lock_children().retain(|listed| !Arc::ptr_eq(&listed.child, &self.0));
    }
}

/// Ends a child with all that it started; does nothing if it has ended.
pub(super) fn kill(child: &SharedChild) {
    #[cfg(unix)]
    if let Ok(group) = i32::try_from(child.id()) {
        use nix::sys::signal::{Signal, killpg};
        let _ = killpg(nix::unistd::Pid::from_raw(group), Signal::SIGKILL);
    }
    let _ = child.kill();
}

/// How many [`CancelToken`]s there are.
static CANCEL_TOKENS: AtomicUsize = AtomicUsize::new(0);

/// While one lives, no child can be started: starting one is an error. The children that were running have been ended, except
/// those that run through.
#[derive(Debug)]
pub struct CancelToken(());

impl CancelToken {
    /// Ends the children that can be ended without harm.
    pub fn cancel() -> Self {
        Self::end_children(|listed| listed.on_cancel == OnCancel::End)
    }

    /// Ends all children, and lets none start until this process ends.
    pub fn cancel_for_good() {
        mem::forget(Self::end_children(|_| true));
    }

    fn end_children(ends: impl Fn(&Listed) -> bool) -> Self {
        // Under the lock, so that a child is either on the list or not started.
        let running = lock_children();
        CANCEL_TOKENS.fetch_add(1, Ordering::Relaxed);
        let ended = running.iter().filter(|listed| ends(listed));
        ended.for_each(|listed| kill(&listed.child));
        Self(())
    }

    /// Whether a token lives: a child that has ended may then not have ended by itself.
    pub fn is_cancelled() -> bool {
        CANCEL_TOKENS.load(Ordering::Relaxed) > 0
    }
}

impl Drop for CancelToken {
    fn drop(&mut self) {
        CANCEL_TOKENS.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use testkit::exclusive;

    use super::super::{Limits, Termination, run, run_through};
    use super::*;

    /// A shell that sleeps until it is woken or ended, and a receiver that hears of its start.
    fn asleep(command: &str) -> (Command, impl FnMut(&str) + Send + use<>, mpsc::Receiver<()>) {
        let (tell, told) = mpsc::channel();
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("echo asleep >&2; {command}")]);
        (shell, move |_: &str| tell.send(()).unwrap(), told)
    }

    #[test]
    fn a_cancel_token_ends_what_runs_and_lets_nothing_start_while_it_lives() {
        exclusive(|| {
            let (mut shell, tell, told) = asleep("sleep 60");
            let asleep = thread::spawn(move || run(&mut shell, Limits::NONE, tell));
            told.recv().unwrap();

            let cancel = CancelToken::cancel();
            assert_eq!(asleep.join().unwrap().unwrap().termination, Termination::Signal(9));
            let run = || run(&mut Command::new("true"), Limits::NONE, |_| ());
            let refused = run().unwrap_err().to_string();
            assert_eq!(refused, "`true` is not started: everything has been stopped");

            drop(cancel);
            assert_eq!(run().unwrap().termination, Termination::Exit(0));
        });
    }

    #[test]
    fn a_child_that_runs_through_outlives_a_cancel_token() {
        exclusive(|| {
            let pipe =
                std::env::temp_dir().join(format!("many-hands-cancel-{}", std::process::id()));
            let made = Command::new("mkfifo").arg(&pipe).status();
            assert!(made.unwrap().success());
            let (mut shell, tell, told) = asleep(&format!("read -r word < '{}'", pipe.display()));
            let asleep = thread::spawn(move || run_through(&mut shell, tell));
            told.recv().unwrap();

            let cancel = CancelToken::cancel();
            std::fs::write(&pipe, "go on\n").unwrap();
            assert_eq!(asleep.join().unwrap().unwrap().termination, Termination::Exit(0));
            drop(cancel);
            std::fs::remove_file(pipe).unwrap();
        });
    }
}
