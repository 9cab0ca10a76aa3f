//! Watches every call of a closure that a student's function is given.

use std::sync::Mutex;
use std::thread;

use crate::{Call, CallLog, Rendezvous};

/// Sees on which thread a closure is called, with what and in which order.
///
/// It is shared by reference: the watched closure passes its argument and its work to [`call`](Self::call), and
/// [`log`](Self::log) returns afterwards what was seen.
///
/// ```
/// use testkit::{Rendezvous, Probe, pool_of_two};
/// use rayon::prelude::*;
///
/// let probe = Probe::with_rendezvous(Rendezvous::new(2, Rendezvous::MEET_LIMIT));
/// let square = |i: u64| probe.call(i, || i * i);
/// let sum: u64 = pool_of_two().install(|| (0..100).into_par_iter().map(square).sum());
///
/// assert_eq!(sum, 328_350);
/// let log = probe.log();
/// assert!(log.met);
/// assert_eq!(log.calls.len(), 100);
/// assert_eq!(log.threads().len(), 2);
/// ```
#[derive(Debug)]
pub struct Probe<T> {
    rendezvous: Option<Rendezvous>,
    calls: Mutex<Vec<Call<T>>>,
}

impl<T> Probe<T> {
    /// A probe that only watches.
    pub fn new() -> Self {
        Self { rendezvous: None, calls: Mutex::new(Vec::new()) }
    }

    /// A probe whose every call first arrives at `rendezvous`.
    pub fn with_rendezvous(rendezvous: Rendezvous) -> Self {
        Self { rendezvous: Some(rendezvous), ..Self::new() }
    }

    /// Remembers `item` and the thread, does `work`, and returns what it returns.
    pub fn call<R>(&self, item: T, work: impl FnOnce() -> R) -> R {
        if let Some(rendezvous) = &self.rendezvous {
            rendezvous.arrive();
        }
        let call = Call { item, thread: thread::current().id() };
        self.calls.lock().expect(NEVER_POISONED).push(call);
        work()
    }

    /// Whether the threads met at the rendezvous; false without one.
    pub fn met(&self) -> bool {
        self.rendezvous.as_ref().is_some_and(Rendezvous::met)
    }

    /// All that was seen.
    pub fn log(self) -> CallLog<T> {
        let met = self.met();
        CallLog { calls: self.calls.into_inner().expect(NEVER_POISONED), met }
    }
}

impl<T> Default for Probe<T> {
    fn default() -> Self {
        Self::new()
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{coverage, pool_of_two};

    #[test]
    fn every_call_is_remembered_with_its_thread() {
        let pool = pool_of_two();
        let probe = Probe::new();
        pool.install(|| rayon::broadcast(|context| probe.call(context.index(), || ())));
        let log = probe.log();
        assert_eq!(coverage(2, log.calls.iter().map(|call| call.item)), Ok(()));
        assert_eq!(log.threads().len(), 2);
        assert!(log.threads().into_iter().all(|thread| pool.has(thread)));
        assert!(!log.met, "there was no rendezvous");
    }

    #[test]
    fn the_work_s_result_is_returned() {
        assert_eq!(Probe::new().call("six", || 6 * 7), 42);
    }

    #[test]
    fn calls_that_overlap_meet() {
        let probe = Probe::with_rendezvous(Rendezvous::new(2, Rendezvous::MEET_LIMIT));
        pool_of_two().install(|| rayon::broadcast(|_| probe.call((), || ())));
        assert!(probe.met());
        assert!(probe.log().met);
    }

    #[test]
    fn calls_one_after_the_other_do_not_meet() {
        let probe = Probe::with_rendezvous(Rendezvous::new(2, Duration::from_millis(20)));
        (0..10).for_each(|i| probe.call(i, || ()));
        assert!(!probe.met());
        assert_eq!(probe.log().calls.len(), 10);
    }
}
