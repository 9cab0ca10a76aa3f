//! Shares work among threads.

use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Result, anyhow};

/// The results of `work` on each item, in no particular order. As many threads as `workers` take one item after the other;
/// `work` also gets the number of its thread.
///
/// # Errors
///
/// The first error of a thread. That thread takes no further item.
pub fn map<T: Send, R: Send>(
    items: impl IntoIterator<Item = T, IntoIter: Send>,
    workers: usize,
    work: impl Fn(T, usize) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let waiting = Mutex::new(items.into_iter());
    let worker = |number: usize| -> Result<Vec<R>> {
        let mut results = Vec::new();
        loop {
            // In a statement, so that the lock is free while the item is worked on.
            let next = lock(&waiting).next();
            let Some(item) = next else { return Ok(results) };
            results.push(work(item, number)?);
        }
    };
    thread::scope(|scope| {
        let worker = &worker;
        let workers: Vec<_> =
            (0..workers).map(|number| scope.spawn(move || worker(number))).collect();
        let mut results = Vec::new();
        for worker in workers {
            results.extend(worker.join().map_err(|_| anyhow!("a worker panicked"))??);
        }
        Ok(results)
    })
}

/// Locks; what a panicked thread has left is used all the same.
pub fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// As many threads as this machine runs at once.
pub fn cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Lets only so many threads at once do what takes a core.
#[derive(Debug)]
pub struct Permits {
    free: Mutex<usize>,
    returned: Condvar,
}

impl Permits {
    pub fn new(permits: NonZeroUsize) -> Self {
        Self { free: Mutex::new(permits.get()), returned: Condvar::new() }
    }

    /// Does `work` with a permit, as soon as one is free.
    pub fn with<R>(&self, work: impl FnOnce() -> R) -> R {
        let _held = self.take();
        work()
    }

    fn take(&self) -> Permit<'_> {
        let free = lock(&self.free);
        let waited = self.returned.wait_while(free, |free| *free == 0);
        *waited.unwrap_or_else(PoisonError::into_inner) -= 1;
        Permit(self)
    }
}

/// Returned when it is dropped, after a panic too.
struct Permit<'a>(&'a Permits);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *lock(&self.0.free) += 1;
        self.0.returned.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn no_more_work_at_once_than_there_are_permits() {
        let permits = Permits::new(NonZeroUsize::new(2).unwrap());
        let (at_work, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |_, _| {
            permits.with(|| {
                most.fetch_max(at_work.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::yield_now();
                at_work.fetch_sub(1, Ordering::SeqCst);
            });
            Ok(())
        };
        assert_eq!(map(0..100, 8, work).unwrap().len(), 100);
        assert!(most.into_inner() <= 2);
    }

    #[test]
    fn a_panic_returns_its_permit() {
        let permits = Permits::new(NonZeroUsize::MIN);
        let panicking = || thread::scope(|scope| scope.spawn(|| permits.with(|| panic!())).join());
        assert!(panicking().is_err());
        assert_eq!(permits.with(|| 1), 1);
    }
}
