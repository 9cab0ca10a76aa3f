//! How many threads this process has.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

/// How long threads that are about to end may take for it: long enough for a machine that is busy.
const LIMIT: Duration = Duration::from_secs(2);

/// How long to wait before they are counted again. The system tells nobody of their end.
const PAUSE: Duration = Duration::from_millis(1);

/// The number of threads of this process at some moment. Only Linux tells it.
pub(crate) struct ProcessThreads(Option<usize>);

impl ProcessThreads {
    pub(crate) fn count() -> Self {
        Self(fs::read_dir("/proc/self/task").ok().map(Iterator::count))
    }

    /// How many more there are now; 0 where the system does not tell. Waits for threads that are about to end.
    pub(crate) fn left(&self) -> usize {
        let begun = Instant::now();
        loop {
            let (Some(before), Some(now)) = (self.0, Self::count().0) else { return 0 };
            if now <= before || begun.elapsed() > LIMIT {
                return now.saturating_sub(before);
            }
            thread::sleep(PAUSE);
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::exclusive;

    #[test]
    fn a_thread_that_stays_is_counted_and_one_that_ends_is_not() {
        exclusive(|| {
            let before = ProcessThreads::count();
            let (end, ended) = mpsc::channel::<()>();
            let staying = thread::spawn(move || ended.recv());
            thread::spawn(|| ());
            assert_eq!(before.left(), 1);
            drop(end);
            staying.join().unwrap().unwrap_err();
            assert_eq!(before.left(), 0);
        });
    }
}
