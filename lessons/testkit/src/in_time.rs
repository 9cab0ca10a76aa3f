//! A wait that ends, for work that may hang.

use std::panic::resume_unwind;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What `work` returns, on a thread of its own; `None` if it takes longer than `limit`. Nothing can stop the thread, so it is left
/// to itself then.
///
/// ```
/// use std::time::Duration;
///
/// assert_eq!(testkit::in_time(Duration::from_secs(60), || 1 + 1), Some(2));
/// ```
///
/// # Panics
///
/// If `work` does, with the same panic; and when the system refuses to start a thread.
pub fn in_time<R: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> R + Send + 'static,
) -> Option<R> {
    let result = Arc::new(Mutex::new(None));
    let place = Arc::clone(&result);
    let work = move || {
        let result = work();
        *place.lock().expect(NEVER_POISONED) = Some(result);
    };
    wait_for_end(limit, Box::new(work));
    result.lock().expect(NEVER_POISONED).take()
}

/// Not generic, so that it is compiled once, and not for each check.
fn wait_for_end(limit: Duration, work: Box<dyn FnOnce() + Send>) {
    let (send, ended) = mpsc::channel::<()>();
    let working = thread::spawn(move || {
        let _at_the_end = send;
        work();
    });
    if ended.recv_timeout(limit) == Err(RecvTimeoutError::Disconnected) {
        working.join().unwrap_or_else(|panic| resume_unwind(panic));
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_is_given_up() {
        let (end, ended) = mpsc::channel::<()>();
        assert_eq!(in_time(Duration::from_millis(1), move || ended.recv().is_ok()), None);
        drop(end);
    }

    #[test]
    #[should_panic(expected = "in the work")]
    fn a_panic_reaches_the_caller() {
        in_time(Duration::from_secs(60), || panic!("in the work"));
    }
}
