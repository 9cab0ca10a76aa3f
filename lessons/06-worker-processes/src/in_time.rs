//! What checks wait for, and no longer than for so long.

use std::panic::resume_unwind;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Above every patience of the checks, and below the runner's own limit.
const LIMIT: Duration = Duration::from_secs(7);

/// What `work` comes to, on a thread of its own.
///
/// # Panics
///
/// When `work` does, with the same words; and when it waits for longer than 7 s. The thread is left behind then.
#[track_caller]
pub fn in_time<R: Send + 'static>(case: &str, work: impl FnOnce() -> R + Send + 'static) -> R {
    let (tell, told) = mpsc::channel();
    let working = thread::spawn(move || tell.send(work()).is_ok());
    match told.recv_timeout(LIMIT) {
        Ok(result) => result,
        Err(RecvTimeoutError::Disconnected) => match working.join() {
            Err(panic) => resume_unwind(panic),
            Ok(_) => unreachable!("it told nothing, so it panicked"),
        },
        Err(RecvTimeoutError::Timeout) => {
            let seconds = LIMIT.as_secs();
            testkit::expect(
                false,
                format!("{case}: still waiting after {seconds} s, without an alarm"),
                "an end: wait for a worker inside `process.within`, or when it is killed or its tasks are closed",
            );
            unreachable!("`expect` panics")
        }
    }
}
