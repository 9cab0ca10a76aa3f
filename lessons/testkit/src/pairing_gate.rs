//! Whether calls of a closure overlap in pairs, all the way through.

use std::collections::HashSet;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use crate::idle_proof::IdleProof;
use crate::{Mismatch, busy_work};

/// How long a call waits for another: long enough for a thread that a busy machine held up.
const LIMIT: Duration = Duration::from_millis(500);

/// How long a call waits before it has a proof begun that no other can come: hardly any call waits longer for one that comes.
const PROOF_DELAY: Duration = Duration::from_millis(5);

/// Stops waiting after this many calls that waited in vain: work that does not overlap would last for minutes.
const MOST_IN_VAIN: usize = 6;

/// In at least this share of the calls, another was under way. Where work is shared evenly between two threads, only the last
/// piece can be alone: a sixteenth of the calls, if there are 16 pieces.
const MOSTLY: f64 = 0.75;

/// Pairs the calls of a closure: each waits until another has come.
///
/// A [`Rendezvous`](crate::Rendezvous) proves that two threads met once; this, that they were at work together most of the
/// time. It gives up when no other thread of the pool has work, else by a clock: a busy machine makes it slower, not
/// different. It asks for two threads, no more, and
/// for an even share of calls for each: the calls that one thread makes beyond the other's find no partner.
#[derive(Debug, Default)]
pub struct PairingGate {
    busy: bool,
    calls: Arc<Calls>,
}

#[derive(Debug, Default)]
struct Calls {
    state: Mutex<Tally>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Tally {
    calls: usize,
    paired: usize,
    in_vain: usize,
    threads: HashSet<ThreadId>,
    /// The number of the call that waits for another.
    waiting: Option<usize>,
}

impl PairingGate {
    /// A gate that only pairs.
    pub fn new() -> Self {
        Self::default()
    }

    /// A gate whose every call does [`busy_work`] too, for an observer outside the process.
    pub fn with_busy_calls() -> Self {
        Self { busy: true, ..Self::default() }
    }

    /// Waits until another call has come, unless too many have waited in vain, and then does the work.
    ///
    /// Each call is paired with one other, so two threads go on in step, and neither can be ahead with all its work.
    pub fn call<T>(&self, work: impl FnOnce() -> T) -> T {
        self.long_call(1, work)
    }

    /// As [`call`](Self::call), where there are only a few calls: for an observer, each is busy this many times as long.
    pub fn long_call<T>(&self, times: usize, work: impl FnOnce() -> T) -> T {
        self.calls.pair();
        if self.busy {
            (0..times).for_each(|_| busy_work(()));
        }
        work()
    }

    /// How many calls there were.
    pub fn calls(&self) -> usize {
        self.calls.lock().calls
    }

    /// How many threads made them.
    pub fn threads(&self) -> usize {
        self.calls.lock().threads.len()
    }

    /// Of the calls so far, the share that was paired, from 0 to 1. 0 if there was no call.
    pub fn share(&self) -> f64 {
        let state = self.calls.lock();
        state.paired as f64 / state.calls.max(1) as f64
    }

    /// Checks that calls by this many `threads`, of which this `share` was paired, overlap all the way through.
    ///
    /// # Errors
    ///
    /// In which way they did not.
    pub fn expect_overlap(threads: usize, share: f64) -> Result<(), Mismatch> {
        let actual = match (threads, share) {
            (0 | 1, _) => {
                "never two threads inside at once: one thread did all the work".to_owned()
            }
            (_, 0.0) => format!(
                "never two threads inside at once: {threads} threads worked, one after the other: does one wait for another?"
            ),
            _ => format!("only {:.0} % of the calls overlap another", 100.0 * share),
        };
        let most = 100.0 * MOSTLY;
        let expected = format!("two threads at work at once, in at least {most:.0} % of the calls");
        Mismatch::unless(share >= MOSTLY, actual, expected)
    }
}

impl Calls {
    /// Waits for another call: until it comes, the pool of this thread has no more work, or the limit is reached.
    fn pair(self: &Arc<Self>) {
        let mut state = self.lock();
        state.calls += 1;
        state.threads.insert(thread::current().id());
        if state.waiting.take().is_some() {
            state.paired += 2;
            self.changed.notify_all();
            return;
        }
        if state.in_vain >= MOST_IN_VAIN {
            return;
        }
        let own = state.calls;
        state.waiting = Some(own);
        let state = self.wait(state, own, PROOF_DELAY);
        if state.waiting == Some(own) {
            drop(state);
            let calls = Arc::clone(self);
            let proof = IdleProof::begin(move || calls.give_up(own));
            drop(self.wait(self.lock(), own, LIMIT));
            proof.inspect(|proof| proof.end());
            self.give_up(own);
        }
    }

    /// Waits until this call no longer waits for another.
    fn wait<'a>(
        &self,
        state: MutexGuard<'a, Tally>,
        own: usize,
        limit: Duration,
    ) -> MutexGuard<'a, Tally> {
        let waits = |state: &mut Tally| state.waiting == Some(own);
        let waited = self.changed.wait_timeout_while(state, limit, waits);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn give_up(&self, own: usize) {
        let mut state = self.lock();
        if state.waiting == Some(own) {
            state.waiting = None;
            state.in_vain += 1;
            self.changed.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Tally> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pool_of_two;

    fn overlaps(gate: &PairingGate) -> Result<(), Mismatch> {
        PairingGate::expect_overlap(gate.threads(), gate.share())
    }

    #[test]
    fn two_threads_with_as_much_work_are_paired() {
        let gate = PairingGate::new();
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| (0..32).for_each(|_| gate.call(|| ())));
            }
        });
        assert_eq!((overlaps(&gate), gate.calls()), (Ok(()), 64));
    }

    #[test]
    fn one_thread_is_alone_and_does_not_wait_for_ever() {
        let gate = PairingGate::new();
        (0..1000).for_each(|_| gate.call(|| ()));
        let actual = overlaps(&gate).unwrap_err().actual;
        assert!(actual.ends_with("one thread did all the work"), "{actual}");
    }

    #[test]
    fn two_threads_of_a_pool_are_paired_while_they_have_work() {
        let pool = pool_of_two();
        for _ in 0..100 {
            let gate = PairingGate::new();
            let work = || (0..8).for_each(|_| gate.call(|| ()));
            pool.install(|| rayon::join(work, || rayon::join(|| (), work)));
            assert_eq!(overlaps(&gate), Ok(()));
        }
    }

    #[test]
    fn threads_that_take_turns_are_alone() {
        let (gate, turn) = (PairingGate::new(), Mutex::new(()));
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    (0..32).for_each(|_| {
                        let _turn = turn.lock();
                        gate.call(|| ());
                    });
                });
            }
        });
        let actual = overlaps(&gate).unwrap_err().actual;
        assert!(actual.contains("2 threads worked, one after the other"), "{actual}");
    }

    #[test]
    fn a_thread_that_does_a_little_is_not_enough() {
        let gate = PairingGate::new();
        thread::scope(|scope| {
            scope.spawn(|| (0..60).for_each(|_| gate.call(|| ())));
            scope.spawn(|| (0..4).for_each(|_| gate.call(|| ())));
        });
        assert!(gate.share() > 0.0);
        assert!(overlaps(&gate).unwrap_err().actual.starts_with("only "));
    }
}
