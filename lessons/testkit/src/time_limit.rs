//! A limit for a call that may never return.

use std::panic::Location;
use std::process;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// Some thousand times what a call in a claim takes. The runner stops a test after 10 s, and cannot say in which case it was.
const LIMIT: Duration = Duration::from_secs(5);

/// Ends the process with a mismatch unless it is dropped in time: the call that it guards cannot be stopped.
///
/// The process has to run this test [alone](crate::exclusive()).
pub(crate) struct TimeLimit(
    #[expect(dead_code, reason = "it is dropped to end the wait")] Sender<()>,
);

impl TimeLimit {
    pub(crate) fn start(location: &'static Location<'static>, case: String) -> Self {
        let (sender, dropped) = mpsc::channel();
        let wait = move || {
            if dropped.recv_timeout(LIMIT) == Err(RecvTimeoutError::Timeout) {
                let name = "the time limit";
                eprintln!(
                    "thread '{name}' panicked at {location}:\nseen: {case}: it does not come back\n\
                     expected: a result: does a thread wait for what no thread is left to do?"
                );
                process::exit(PANICKED);
            }
        };
        _ = thread::Builder::new().name("time limit".to_owned()).spawn(wait);
        Self(sender)
    }
}

/// The status with which the test harness ends after a panic.
const PANICKED: i32 = 101;
