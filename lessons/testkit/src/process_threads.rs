//! Which threads this process has.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

/// How long threads that are about to end may take for it: long enough for a machine that is busy.
const LIMIT: Duration = Duration::from_secs(2);

/// How long to wait before they are listed again. The system does not report their end.
const PAUSE: Duration = Duration::from_millis(1);

type Ids = HashSet<OsString>;

/// The threads of this process at some moment. Only Linux tells them.
pub(crate) struct ProcessThreads(Option<Ids>);

impl ProcessThreads {
    pub(crate) fn list() -> Self {
        Self(complete(ids, number))
    }

    /// How many there are now that were not there then; 0 where the system does not tell. Waits for threads that are about to
    /// end.
    pub(crate) fn left(&self) -> usize {
        let begun = Instant::now();
        loop {
            let (Some(before), Some(now)) = (&self.0, Self::list().0) else { return 0 };
            let left = now.difference(before).count();
            if left == 0 || begun.elapsed() > LIMIT {
                return left;
            }
            thread::sleep(PAUSE);
        }
    }
}

/// A list that misses none, unless threads begin or end all the time for [`LIMIT`]. Linux walks from thread to thread, and stops at
/// one that ends meanwhile: of lists that were read while four threads of nine ended, one in 10,000 missed a thread that stayed
/// (25,000 lists, twice; x86-64 Linux, 2026-11-28). So the list has to have as many as the process has.
fn complete(ids: impl Fn() -> Option<Ids>, number: impl Fn() -> Option<usize>) -> Option<Ids> {
    let begun = Instant::now();
    loop {
        let (before, ids, after) = (number()?, ids()?, number()?);
        if (before == ids.len() && after == ids.len()) || begun.elapsed() > LIMIT {
            return Some(ids);
        }
    }
}

fn ids() -> Option<Ids> {
    Some(fs::read_dir("/proc/self/task").ok()?.flatten().map(|task| task.file_name()).collect())
}

fn number() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("Threads:"))?.trim().parse().ok()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::cell::Cell;
    use std::sync::mpsc;

    use super::*;
    use crate::exclusive;

    #[test]
    fn a_thread_that_stays_is_counted_and_one_that_ends_is_not() {
        exclusive(|| {
            let (ending, end) = (mpsc::channel::<()>(), mpsc::channel::<()>());
            let old = thread::spawn(move || ending.1.recv());
            let before = ProcessThreads::list();
            let staying = thread::spawn(move || end.1.recv());
            thread::spawn(|| ());
            assert_eq!(before.left(), 1);
            drop(ending.0);
            old.join().unwrap().unwrap_err();
            assert_eq!(before.left(), 1, "an old thread that ends makes no room for a new one");
            drop(end.0);
            staying.join().unwrap().unwrap_err();
            assert_eq!(before.left(), 0);
        });
    }

    #[test]
    fn a_list_that_misses_a_thread_is_read_again() {
        let reads = Cell::new(0);
        let ids = || {
            reads.set(reads.get() + 1);
            Some((0..reads.get()).map(|id: usize| OsString::from(id.to_string())).collect())
        };
        assert_eq!(complete(ids, || Some(3)).unwrap().len(), 3);
    }
}
