//! Whether a call hands work to the other threads of its pool.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use crate::{KnownPool, Mismatch};

/// Whether `call`, made on a thread of a pool of two, wakes the other one, which sleeps: that is how rayon hands out work. Only
/// Linux tells; elsewhere this is `false`.
pub fn wakes_its_pool(call: impl FnOnce() + Send) -> bool {
    let pool = KnownPool::of(2);
    pool.install(|| {
        let own = SystemThread::current();
        let threads = rayon::broadcast(|_| SystemThread::current());
        let other = threads.into_iter().flatten().find(|thread| Some(thread) != own.as_ref());
        let Some(other) = other else {
            call();
            return false;
        };
        let slept = other.sleep();
        call();
        slept.is_some_and(|runs| other.is_asleep() == Some(false) || other.runs() != Some(runs))
    })
}

/// Checks that a call has not [woken its pool](wakes_its_pool).
///
/// # Errors
///
/// It has.
pub fn expect_callers_thread(woken: bool) -> Result<(), Mismatch> {
    let seen = "called in a pool of two, it hands work to the other thread";
    Mismatch::unless(!woken, seen, "all is done on the caller's thread")
}

/// A thread in the eyes of the system: `self/task/17`, in `/proc`.
#[derive(Debug, PartialEq, Eq)]
struct SystemThread(PathBuf);

impl SystemThread {
    fn current() -> Option<Self> {
        let link = fs::read_link("/proc/thread-self").ok()?;
        Some(Self(Path::new("/proc").join(link)))
    }

    /// How often it has been given a core.
    fn runs(&self) -> Option<u64> {
        let text = fs::read_to_string(self.0.join("schedstat")).ok()?;
        text.split_whitespace().nth(2)?.parse().ok()
    }

    fn is_asleep(&self) -> Option<bool> {
        let text = fs::read_to_string(self.0.join("stat")).ok()?;
        Some(text.rsplit_once(')')?.1.trim_start().starts_with('S'))
    }

    /// Waits until it sleeps, and returns how often it had been given a core then.
    fn sleep(&self) -> Option<u64> {
        while !self.is_asleep()? {
            thread::yield_now();
        }
        self.runs()
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::hint::black_box;

    use rayon::prelude::*;

    use super::*;

    #[test]
    fn work_that_is_handed_out_wakes_a_thread_and_other_work_does_not() {
        for _ in 0..5 {
            assert!(wakes_its_pool(|| (0..100).into_par_iter().for_each(|i| _ = black_box(i))));
            assert!(!wakes_its_pool(|| (0..100).for_each(|i| _ = black_box(i))));
        }
    }
}
