//! Whether calls of a closure kept each other company, all the way through.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a call waits for another: long enough for a thread that a busy machine held up.
const LIMIT: Duration = Duration::from_millis(500);

/// After so many calls that waited in vain no more is waited: work that does not overlap would last for minutes.
const MOST_IN_VAIN: usize = 6;

/// In at least this share of the calls, another was under way. Where work is shared evenly between two threads, only the last
/// piece can be alone: a sixteenth of the calls, if there are 16 pieces.
const MOSTLY: f64 = 0.75;

/// Watches the calls of a closure, each of which waits until another has come.
///
/// A [`Rendezvous`](crate::Rendezvous) proves that two threads met once; this, that they were together most of the time.
/// It needs no clock but to give up: a busy machine makes it slower, not different. It asks for two threads, and no more.
#[derive(Debug, Default)]
pub struct PairingGate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    calls: usize,
    accompanied: usize,
    in_vain: usize,
    /// The number of the call that waits for another.
    waiting: Option<usize>,
}

impl PairingGate {
    /// Nobody has come yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits until another call has come, unless too many have waited in vain, and then does the work.
    ///
    /// Each call is company to one other, so two threads go on in step, and neither can be ahead with all its work.
    pub fn call<T>(&self, work: impl FnOnce() -> T) -> T {
        self.meet();
        work()
    }

    /// How many calls there were.
    pub fn calls(&self) -> usize {
        self.lock().calls
    }

    /// Of the calls so far, the share in which another was under way. 0 if there was none.
    pub fn share(&self) -> f64 {
        let state = self.lock();
        state.accompanied as f64 / state.calls.max(1) as f64
    }

    /// Whether the calls so far were accompanied for the most part.
    pub fn is_mostly_there(share: f64) -> bool {
        share >= MOSTLY
    }

    fn meet(&self) {
        let mut state = self.lock();
        state.calls += 1;
        if state.waiting.take().is_some() {
            state.accompanied += 2;
            self.changed.notify_all();
            return;
        }
        let (own, begun) = (Some(state.calls), Instant::now());
        state.waiting = own;
        while state.waiting == own {
            let left = LIMIT.saturating_sub(begun.elapsed());
            if left.is_zero() || state.in_vain >= MOST_IN_VAIN {
                state.waiting = None;
                state.in_vain += 1;
                return;
            }
            let waited = self.changed.wait_timeout(state, left);
            (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn two_threads_with_as_much_work_keep_each_other_company() {
        let company = PairingGate::new();
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| (0..32).for_each(|_| company.call(|| ())));
            }
        });
        let share = company.share();
        assert!(PairingGate::is_mostly_there(share), "{share}");
    }

    #[test]
    fn one_thread_is_alone_and_does_not_wait_for_ever() {
        let company = PairingGate::new();
        (0..1000).for_each(|_| company.call(|| ()));
        assert_eq!(company.share(), 0.0);
    }

    #[test]
    fn threads_that_take_turns_are_alone() {
        let (company, turn) = (PairingGate::new(), Mutex::new(()));
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    (0..32).for_each(|_| {
                        let _turn = turn.lock();
                        company.call(|| ());
                    });
                });
            }
        });
        assert_eq!(company.share(), 0.0);
    }

    #[test]
    fn a_thread_that_does_a_little_is_little_company() {
        let company = PairingGate::new();
        thread::scope(|scope| {
            scope.spawn(|| (0..60).for_each(|_| company.call(|| ())));
            scope.spawn(|| (0..4).for_each(|_| company.call(|| ())));
        });
        let share = company.share();
        assert!(
            share > 0.0 && !PairingGate::is_mostly_there(share),
            "{share}"
        );
    }
}
