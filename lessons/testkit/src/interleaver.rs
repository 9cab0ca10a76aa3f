//! Interleaves the work of two threads, independently of the scheduler.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::Rendezvous;

/// Holds two threads in step for two calls each: each begins one and ends it only when the other has begun its own, and once
/// more.
///
/// Results that are collected in order of arrival are then out of order: those of one thread stand among the other's. If no
/// second thread comes, the first is held once, for at most the limit.
///
/// ```
/// use std::time::Duration;
/// use testkit::{Interleaver, pool_of_two};
/// use rayon::prelude::*;
///
/// let interleaver = Interleaver::new(Duration::from_secs(2));
/// let squares = |i: u64| {
///     interleaver.step();
///     i * i
/// };
/// let squares: Vec<u64> = pool_of_two().install(|| (0..8).into_par_iter().map(squares).collect());
/// assert_eq!(squares, [0, 1, 4, 9, 16, 25, 36, 49]);
/// assert!(interleaver.held());
/// ```
#[derive(Debug)]
pub struct Interleaver {
    first: Rendezvous,
    second: Rendezvous,
    calls: AtomicUsize,
}

impl Interleaver {
    /// Each waits at most `limit` for the other.
    pub fn new(limit: Duration) -> Self {
        Self {
            first: Rendezvous::new(2, limit),
            second: Rendezvous::new(2, limit),
            calls: AtomicUsize::new(0),
        }
    }

    /// Takes a step; to be called from inside each call.
    pub fn step(&self) {
        match self.calls.fetch_add(1, Ordering::Relaxed) {
            0 | 1 => self.first.arrive(),
            _ if self.first.met() => self.second.arrive(),
            _ => {}
        }
    }

    /// Whether two threads were held in step.
    pub fn held(&self) -> bool {
        self.first.met() && self.second.met()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use rayon::prelude::*;

    use super::*;
    use crate::pool_of_two;

    #[test]
    fn what_two_threads_gather_as_it_comes_is_out_of_order() {
        for _ in 0..100 {
            let (interleaver, gathered) =
                (Interleaver::new(Rendezvous::MEET_LIMIT), Mutex::new(vec![]));
            let gather = |i: usize| {
                interleaver.step();
                gathered.lock().unwrap().push(i);
            };
            pool_of_two().install(|| (0..64).into_par_iter().for_each(gather));
            let gathered = gathered.into_inner().unwrap();
            assert!(interleaver.held() && !gathered.is_sorted(), "{gathered:?}");
        }
    }

    #[test]
    fn one_thread_alone_waits_once_and_goes_on() {
        let interleaver = Interleaver::new(Duration::from_millis(20));
        (0..100).for_each(|_| interleaver.step());
        assert!(!interleaver.held());
    }
}
