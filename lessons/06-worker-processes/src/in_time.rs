//! What checks wait for, and for how long.

use std::panic::resume_unwind;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Above every patience of the checks, and below the limits of those who run them.
const LIMIT: Duration = Duration::from_secs(7);

/// What `work` returns, on a thread of its own; `None` if it takes longer than 7 s. The thread is left behind then.
///
/// # Panics
///
/// If `work` does, with the same words.
pub fn in_time<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> Option<R> {
    let (send, receive) = mpsc::channel();
    let working = thread::spawn(move || send.send(work()).is_ok());
    match receive.recv_timeout(LIMIT) {
        Ok(result) => Some(result),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => match working.join() {
            Err(panic) => resume_unwind(panic),
            Ok(_) => unreachable!("it sent nothing, so it panicked"),
        },
    }
}
