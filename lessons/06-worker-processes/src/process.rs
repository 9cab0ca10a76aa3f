//! A child process with an alarm clock: what takes too long ends the process, and so ends itself.
//!
//! The standard library can wait for a pipe, but not for so long only. So a thread beside it watches the time. When the
//! time is over it kills the process; the system then closes the process's ends of the pipes, and whoever waits at the
//! other end is let go.

use std::process::{Child, ExitStatus};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use shared_child::SharedChild;

/// A child process, and how long it may take for each thing it is asked.
///
/// Dropping it stops the alarm clock. It does *not* end the process, nor wait for it.
#[derive(Debug)]
pub struct Process {
    id: u32,
    /// Unlike the standard library's child, this one can be killed by one thread while another waits for its end.
    child: Arc<SharedChild>,
    patience: Duration,
    clock: Arc<Clock>,
    /// `None` only while it is dropped.
    watching: Option<JoinHandle<()>>,
}

/// The time was over, and the process was killed. It is still to be waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLate;

impl Process {
    /// Starts an alarm clock beside a process that was started. Take the pipes out of `child` first.
    ///
    /// # Panics
    ///
    /// If the system starts no thread, or knows no such child.
    pub fn new(child: Child, patience: Duration) -> Self {
        let id = child.id();
        let child = SharedChild::new(child).expect("it is a child of ours");
        let (child, clock) = (Arc::new(child), Arc::new(Clock::default()));
        let watching = {
            let (child, clock) = (Arc::clone(&child), Arc::clone(&clock));
            thread::spawn(move || clock.watch(|| kill(&child)))
        };
        Self { id, child, patience, clock, watching: Some(watching) }
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// What `talk` returns, if it takes no longer than the patience; else the process is killed while `talk` waits.
    ///
    /// `talk` is to wait for nothing but this process: then it ends when the process does.
    ///
    /// # Errors
    ///
    /// [`TooLate`]: the time was over.
    pub fn within<R>(&self, talk: impl FnOnce() -> R) -> Result<R, TooLate> {
        self.clock.set(self.patience);
        let said = talk();
        if self.clock.stop() { Err(TooLate) } else { Ok(said) }
    }

    /// Ends the process, without asking it. One that has ended already is let be, and keeps the status it ended with.
    pub fn kill(&self) {
        kill(&self.child);
    }

    /// Waits until the process has ended, however long that takes, and tells how it ended. May be called again.
    ///
    /// Only then does the system forget the process. Before, one that has ended is a *zombie*: its entry stays in the
    /// system's table, because somebody may still want to know how it ended.
    ///
    /// # Panics
    ///
    /// If the process was waited for by other means.
    pub fn wait(&self) -> ExitStatus {
        let waited = self.child.wait();
        waited.expect("nobody else waits for this child")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.clock.throw_away();
        if let Some(watching) = self.watching.take() {
            let _ = watching.join();
        }
    }
}

fn kill(child: &SharedChild) {
    // It fails only for a process that has just ended by itself.
    let _ = child.kill();
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nothing panics while it holds this lock")
}

/// The alarm clock. Setting it wakes nobody as a rule: the watching thread finds out when the last alarm is over.
#[derive(Debug, Default)]
struct Clock {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    alarm: Option<Instant>,
    rang: bool,
    /// The watching thread waits for no time, and has to be woken for one.
    idle: bool,
    thrown_away: bool,
}

impl Clock {
    fn set(&self, patience: Duration) {
        let mut state = lock(&self.state);
        // A patience that is beyond all time is never over.
        state.alarm = Instant::now().checked_add(patience);
        state.rang = false;
        if state.idle {
            self.changed.notify_one();
        }
    }

    /// Whether it rang.
    fn stop(&self) -> bool {
        let mut state = lock(&self.state);
        state.alarm = None;
        state.rang
    }

    fn throw_away(&self) {
        lock(&self.state).thrown_away = true;
        self.changed.notify_one();
    }

    fn watch(&self, ring: impl Fn()) {
        let mut state = lock(&self.state);
        while !state.thrown_away {
            let Some(alarm) = state.alarm else {
                state.idle = true;
                state = self.changed.wait(state).expect("as above");
                state.idle = false;
                continue;
            };
            let left = alarm.saturating_duration_since(Instant::now());
            if left.is_zero() {
                state.alarm = None;
                state.rang = true;
                ring();
            } else {
                state = self.changed.wait_timeout(state, left).expect("as above").0;
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read;
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Command, Stdio};

    use super::*;

    const SIGKILL: i32 = 9;

    /// Its standard input stays open, so `cat` waits for ever.
    fn cat(patience: Duration) -> (Process, impl Sized) {
        let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        let held_open = child.stdin.take();
        (Process::new(child, patience), held_open)
    }

    #[test]
    fn what_takes_too_long_ends_the_process() {
        let (process, _held_open) = cat(Duration::from_millis(10));
        assert_eq!(process.within(|| process.wait()), Err(TooLate));
        assert_eq!(process.wait().signal(), Some(SIGKILL));
    }

    #[test]
    fn every_talk_has_the_whole_time() {
        let (process, _held_open) = cat(Duration::from_secs(60));
        for i in 0..1000 {
            assert_eq!(process.within(|| i), Ok(i));
        }
        process.kill();
        assert_eq!(process.wait().signal(), Some(SIGKILL));
    }

    #[test]
    fn a_patience_beyond_all_time_never_ends() {
        let (process, _held_open) = cat(Duration::MAX);
        assert_eq!(process.within(|| 1), Ok(1));
        process.kill();
        process.wait();
    }

    #[test]
    fn who_has_ended_keeps_the_status_it_ended_with() {
        let mut command = Command::new("sh");
        command.args(["-c", "exit 3"]).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut output = child.stdout.take().unwrap();
        let process = Process::new(child, Duration::from_secs(60));
        output.read_to_end(&mut Vec::new()).unwrap();
        process.kill();
        assert_eq!(process.wait().code(), Some(3));
    }
}
