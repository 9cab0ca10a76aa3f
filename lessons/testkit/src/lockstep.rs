//! Whether several threads are at work together, turn after turn.

use std::cell::Cell;
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use crate::idle_proof::IdleProof;
use crate::{Answer, Mismatch, busy_work, pool};

/// How long a thread waits for the others: long enough for one that a busy machine held up.
const LIMIT: Duration = Duration::from_millis(500);

/// How long a thread waits before it has a proof begun that no other can come: hardly any waits longer for one that comes.
const PROOF_DELAY: Duration = Duration::from_millis(5);

/// Lets all pass after this many turns in which threads waited in vain: work that does not overlap would last for minutes.
const MOST_IN_VAIN: usize = 4;

thread_local! {
    /// The lockstep in which this thread last took a turn, and how many calls are left of that turn.
    static TURN: Cell<(u64, usize)> = const { Cell::new((0, 0)) };
}

/// Has threads take turns of equal length together: before each turn, a thread waits until all parties have come.
///
/// A [`Rendezvous`](crate::Rendezvous) proves that threads met once; this, that they were at work together most of the time,
/// each with an equal share, as if every call took equally long. It gives up a turn when no other thread of the pool has
/// work, else by a clock: a busy machine makes it slower, not different.
///
/// Its clones are the same lockstep.
#[derive(Clone, Debug)]
pub struct Lockstep {
    busy: usize,
    turns: Arc<Turns>,
}

#[derive(Debug)]
struct Turns {
    id: u64,
    parties: usize,
    /// The calls of one thread in a turn.
    length: usize,
    /// The calls of all turns.
    calls: usize,
    begun: AtomicUsize,
    /// As in `state`, to be read without the lock.
    waiting: AtomicUsize,
    open: AtomicBool,
    state: Mutex<Tally>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Tally {
    /// The number of this turn.
    turn: usize,
    /// Turns that all parties took together.
    full: usize,
    in_vain: usize,
    waiting: usize,
    /// Whether all that wait are threads of a [`KnownPool`](crate::KnownPool).
    known: bool,
    proof: Option<Arc<IdleProof>>,
    threads: HashSet<ThreadId>,
}

/// What a lockstep has seen, for a judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sharing {
    pub parties: usize,
    /// How many threads made calls.
    pub threads: usize,
    /// Turns that all parties took together, of as many as are possible.
    pub full: usize,
    pub possible: usize,
}

impl Lockstep {
    /// For `parties` threads that make `calls` in all; a turn is `length` calls of each.
    ///
    /// # Panics
    ///
    /// If there are fewer than two parties, or a turn has no calls.
    pub fn new(parties: usize, length: usize, calls: usize) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        assert!(parties >= 2 && length >= 1, "{parties} parties, turns of {length} calls");
        let turns = Turns {
            id: NEXT.fetch_add(1, SeqCst),
            parties,
            length,
            calls,
            begun: AtomicUsize::new(0),
            waiting: AtomicUsize::new(0),
            open: AtomicBool::new(false),
            state: Mutex::new(Tally { known: true, ..Tally::default() }),
            changed: Condvar::new(),
        };
        Self { busy: 0, turns: Arc::new(turns) }
    }

    /// Each turn of a thread begins with this many times [`busy_work`], for an observer outside the process. Then all turns are
    /// taken together, and not only as many as are asked for.
    #[must_use]
    pub fn with_busy_turns(self, times: usize) -> Self {
        Self { busy: times, ..self }
    }

    /// Waits, where a turn begins, until the other parties begin one too, unless too many have waited in vain. Then does the
    /// work.
    pub fn call<R>(&self, work: impl FnOnce() -> R) -> R {
        let (id, left) = TURN.get();
        if id == self.turns.id && left > 0 {
            TURN.set((id, left - 1));
        } else {
            Turns::arrive(&self.turns, self.busy > 0);
            (0..self.busy).for_each(|_| busy_work(()));
            TURN.set((self.turns.id, self.turns.length - 1));
        }
        self.turns.begin_call();
        work()
    }

    /// How many calls there were.
    pub fn calls(&self) -> usize {
        self.turns.begun.load(SeqCst)
    }

    pub(crate) fn sharing(&self) -> Sharing {
        let state = self.turns.lock();
        Sharing {
            parties: self.turns.parties,
            threads: state.threads.len(),
            full: state.full,
            possible: self.turns.possible(),
        }
    }
}

impl Answer for Sharing {
    fn write(&self, bytes: &mut Vec<u8>) {
        (self.parties, self.threads, self.full, self.possible).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (parties, threads, full, possible) = Answer::read(bytes)?;
        Some(Self { parties, threads, full, possible })
    }
}

/// Where work is shared evenly, only the last pieces are not: of 16 turns, two threads take at least 12 together. With more
/// threads than that, more of them can be without a piece in the end.
fn enough(parties: usize, possible: usize) -> usize {
    match parties {
        2 => (possible * 3).div_ceil(4),
        _ => possible.div_ceil(2),
    }
}

impl Sharing {
    /// Checks that enough turns were taken together.
    ///
    /// # Errors
    ///
    /// What was seen instead.
    pub(crate) fn expect_overlap(self) -> Result<(), Mismatch> {
        let Self { parties, threads, full, possible } = self;
        let enough = enough(parties, possible).max(1);
        let all = in_words(parties);
        let actual = match (threads, full) {
            (0 | 1, _) => {
                format!("never {all} threads inside at once: one thread did all the work")
            }
            (_, 0) if threads < parties => {
                format!("never {all} threads inside at once: {threads} did all the work")
            }
            (_, 0) => format!(
                "never {all} threads inside at once: {threads} threads worked, one after the other: does one wait for another?"
            ),
            _ => format!(
                "{all} threads at work at once for only {:.0} % of the time that equal shares take",
                100.0 * full as f64 / possible as f64
            ),
        };
        let expected = format!(
            "{all} threads at work at once, for at least {:.0} % of the time that equal shares take",
            100.0 * enough as f64 / possible.max(1) as f64
        );
        Mismatch::unless(full >= enough, actual, expected)
    }
}

fn in_words(parties: usize) -> String {
    match parties {
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        more => more.to_string(),
    }
}

impl Turns {
    fn possible(&self) -> usize {
        self.calls / (self.parties * self.length)
    }

    /// Waits for the other parties: until they come, the pool of this thread has no more work, or the limit is reached.
    fn arrive(self: &Arc<Self>, to_the_end: bool) {
        let mut state = self.lock();
        state.threads.insert(thread::current().id());
        if self.open.load(SeqCst) {
            return;
        }
        state.waiting += 1;
        state.known &= pool::of_this_thread().is_some();
        self.waiting.store(state.waiting, SeqCst);
        if state.waiting == self.parties {
            state.full += 1;
            let stop = !to_the_end && state.full >= enough(self.parties, self.possible());
            self.end_turn(&mut state, stop);
            return;
        }
        if self.is_last() {
            self.end_turn(&mut state, true);
            return;
        }
        if let Some(proof) = &state.proof {
            proof.block_another();
        }
        let own = state.turn;
        let mut state = self.wait(state, own, PROOF_DELAY);
        if state.turn == own {
            if state.proof.is_none() && state.known {
                let turns = Arc::clone(self);
                state.proof = IdleProof::begin(state.waiting, move || turns.give_up(own));
            }
            drop(self.wait(state, own, LIMIT));
            self.give_up(own);
        }
    }

    fn begin_call(&self) {
        let begun = self.begun.fetch_add(1, SeqCst) + 1;
        // Most calls are far from the end, and need not look.
        if begun + self.parties > self.calls && self.is_last() && !self.open.load(SeqCst) {
            let mut state = self.lock();
            self.end_turn(&mut state, true);
        }
    }

    /// Whether every call has begun but those that wait: nobody else comes.
    fn is_last(&self) -> bool {
        self.begun.load(SeqCst) + self.waiting.load(SeqCst) >= self.calls
    }

    fn give_up(&self, turn: usize) {
        let mut state = self.lock();
        if state.turn == turn {
            state.in_vain += 1;
            let stop = state.in_vain >= MOST_IN_VAIN;
            self.end_turn(&mut state, stop);
        }
    }

    fn end_turn(&self, state: &mut Tally, open: bool) {
        state.turn += 1;
        state.waiting = 0;
        state.known = true;
        self.waiting.store(0, SeqCst);
        if let Some(proof) = state.proof.take() {
            proof.end();
        }
        self.open.fetch_or(open, SeqCst);
        self.changed.notify_all();
    }

    /// Waits until this turn is over.
    fn wait<'a>(
        &self,
        state: MutexGuard<'a, Tally>,
        turn: usize,
        limit: Duration,
    ) -> MutexGuard<'a, Tally> {
        let waits = |state: &mut Tally| state.turn == turn;
        let waited = self.changed.wait_timeout_while(state, limit, waits);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn lock(&self) -> MutexGuard<'_, Tally> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;
    use crate::{KnownPool, pool_of_two};

    fn overlap(lockstep: &Lockstep) -> Result<(), Mismatch> {
        lockstep.sharing().expect_overlap()
    }

    fn actual(lockstep: &Lockstep) -> String {
        overlap(lockstep).unwrap_err().actual
    }

    #[test]
    fn threads_with_as_much_work_take_all_turns_together() {
        for (parties, length) in [(2, 1), (3, 5)] {
            let lockstep = Lockstep::new(parties, length, 32 * parties);
            thread::scope(|scope| {
                for _ in 0..parties {
                    scope.spawn(|| (0..32).for_each(|_| lockstep.call(|| ())));
                }
            });
            assert_eq!((overlap(&lockstep), lockstep.calls()), (Ok(()), 32 * parties));
        }
    }

    #[test]
    fn rayon_shares_out_evenly_on_pools_of_any_size() {
        for threads in [2, 3, 4, 7] {
            for length in [1, 1000] {
                let calls = 16 * threads * length;
                let lockstep = Lockstep::new(threads, length, calls);
                let call = |_| lockstep.call(|| ());
                KnownPool::of(threads).install(|| (0..calls).into_par_iter().for_each(call));
                assert_eq!(overlap(&lockstep), Ok(()), "{threads} threads, turns of {length}");
            }
        }
    }

    #[test]
    fn one_thread_is_alone_and_does_not_wait_for_ever() {
        let lockstep = Lockstep::new(2, 1, 1000);
        pool_of_two().install(|| (0..1000).for_each(|_| lockstep.call(|| ())));
        assert!(actual(&lockstep).ends_with("one thread did all the work"));
    }

    #[test]
    fn two_halves_leave_a_third_thread_without_work() {
        let lockstep = Lockstep::new(3, 1, 48);
        let half = || (0..24).for_each(|_| lockstep.call(|| ()));
        KnownPool::of(3).install(|| rayon::join(half, half));
        assert_eq!(actual(&lockstep), "never three threads inside at once: 2 did all the work");
    }

    #[test]
    fn two_threads_of_a_pool_take_turns_together_while_they_have_work() {
        let pool = pool_of_two();
        for _ in 0..100 {
            let lockstep = Lockstep::new(2, 1, 16);
            let work = || (0..8).for_each(|_| lockstep.call(|| ()));
            pool.install(|| rayon::join(work, || rayon::join(|| (), work)));
            assert_eq!(overlap(&lockstep), Ok(()));
        }
    }

    #[test]
    fn threads_that_exclude_each_other_are_alone() {
        let (lockstep, turn) = (Lockstep::new(2, 1, 64), Mutex::new(()));
        let excluding = || {
            (0..32).for_each(|_| {
                let _turn = turn.lock();
                lockstep.call(|| ());
            });
        };
        thread::scope(|scope| {
            scope.spawn(excluding);
            scope.spawn(excluding);
        });
        assert!(actual(&lockstep).contains("2 threads worked, one after the other"));
    }

    #[test]
    fn a_thread_that_does_a_little_is_not_enough() {
        let lockstep = Lockstep::new(2, 1, 64);
        let calls = |n: usize| (0..n).for_each(|_| lockstep.call(|| ()));
        pool_of_two().install(|| rayon::join(|| calls(60), || calls(4)));
        assert!(actual(&lockstep).contains("for only "), "{}", actual(&lockstep));
    }
}
