//! Watches every call of a closure that a student's function is given.

use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use crate::{Rendezvous, Testimony, Visit};

/// Sees who calls a closure, with what, on which thread and when.
///
/// It is shared by reference: the instrumented closure passes its argument and its work to [`visit`](Self::visit), and
/// [`testimony`](Self::testimony) tells afterwards what was seen.
///
/// ```
/// use testkit::{Rendezvous, Witness, pool_of_two};
/// use rayon::prelude::*;
///
/// let witness = Witness::with_rendezvous(Rendezvous::new(2, Rendezvous::MEET_LIMIT));
/// let square = |i: u64| witness.visit(i, || i * i);
/// let sum: u64 = pool_of_two().install(|| (0..100).into_par_iter().map(square).sum());
///
/// assert_eq!(sum, 328_350);
/// let testimony = witness.testimony();
/// assert!(testimony.met());
/// assert_eq!(testimony.visits.len(), 100);
/// assert_eq!(testimony.threads().len(), 2);
/// ```
#[derive(Debug)]
pub struct Witness<T> {
    made: Instant,
    rendezvous: Option<Rendezvous>,
    visits: Mutex<Vec<Visit<T>>>,
}

impl<T> Witness<T> {
    /// A witness that only watches.
    pub fn new() -> Self {
        Self {
            made: Instant::now(),
            rendezvous: None,
            visits: Mutex::new(Vec::new()),
        }
    }

    /// A witness whose every visit first arrives at `rendezvous`.
    pub fn with_rendezvous(rendezvous: Rendezvous) -> Self {
        Self {
            rendezvous: Some(rendezvous),
            ..Self::new()
        }
    }

    /// Does `work` and remembers `item`, the thread and the time; returns what `work` returns.
    ///
    /// A visit whose `work` panics is not remembered.
    pub fn visit<R>(&self, item: T, work: impl FnOnce() -> R) -> R {
        if let Some(rendezvous) = &self.rendezvous {
            rendezvous.arrive();
        }
        let start = self.made.elapsed();
        let result = work();
        let end = self.made.elapsed();
        let visit = Visit {
            item,
            thread: thread::current().id(),
            start,
            end,
        };
        self.visits.lock().expect(NEVER_POISONED).push(visit);
        result
    }

    /// Whether the threads met at the rendezvous; false without one.
    pub fn met(&self) -> bool {
        self.rendezvous.as_ref().is_some_and(Rendezvous::met)
    }

    /// All that was seen.
    pub fn testimony(self) -> Testimony<T> {
        let met = self.met();
        Testimony::new(self.visits.into_inner().expect(NEVER_POISONED), met)
    }
}

impl<T> Default for Witness<T> {
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
    fn every_visit_is_remembered_with_its_thread() {
        let pool = pool_of_two();
        let witness = Witness::new();
        pool.install(|| rayon::broadcast(|context| witness.visit(context.index(), || ())));
        let testimony = witness.testimony();
        assert_eq!(
            coverage(2, testimony.visits.iter().map(|visit| visit.item)),
            Ok(())
        );
        assert_eq!(testimony.threads().len(), 2);
        assert!(
            testimony
                .threads()
                .into_iter()
                .all(|thread| pool.has(thread))
        );
        assert!(!testimony.met(), "there was no rendezvous");
    }

    #[test]
    fn the_work_s_result_is_returned() {
        assert_eq!(Witness::new().visit("six", || 6 * 7), 42);
    }

    #[test]
    fn the_work_begins_after_the_rendezvous() {
        let limit = Duration::from_millis(20);
        let witness = Witness::with_rendezvous(Rendezvous::new(2, limit));
        witness.visit((), || ());
        let testimony = witness.testimony();
        assert!(testimony.visits[0].start >= limit, "{testimony:?}");
        assert!(
            testimony.visits[0].start <= testimony.visits[0].end,
            "{testimony:?}"
        );
    }

    #[test]
    fn visits_that_overlap_meet() {
        let witness = Witness::with_rendezvous(Rendezvous::new(2, Rendezvous::MEET_LIMIT));
        pool_of_two().install(|| rayon::broadcast(|_| witness.visit((), || ())));
        assert!(witness.met());
        assert!(witness.testimony().met());
    }

    #[test]
    fn visits_one_after_the_other_do_not_meet() {
        let witness = Witness::with_rendezvous(Rendezvous::new(2, Duration::from_millis(20)));
        (0..10).for_each(|i| witness.visit(i, || ()));
        assert!(!witness.met());
        assert_eq!(witness.testimony().visits.len(), 10);
    }
}
