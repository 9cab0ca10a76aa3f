//! Shares work among threads.

use std::sync::{Mutex, MutexGuard, PoisonError};
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
