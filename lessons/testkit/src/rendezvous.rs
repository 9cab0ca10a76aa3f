//! A proof, without a clock, that several threads were inside at once.

use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

use crate::idle_proof::IdleProof;

/// A meeting point inside the work, at which the first thread to arrive waits for the others.
///
/// If they come, `parties` threads were inside at once, which serial code cannot do: the one thread it has is the one that
/// waits. Counting thread ids instead proves nothing: correct code may finish on one thread before the other wakes, and
/// threads that are started and joined one by one never overlap, however many they are.
///
/// The first success or the first give-up disarms it: every later arrival costs one atomic load.
///
/// Ask for no more parties than the pool has threads, and never let the work call into the pool while it holds a lock.
///
/// ```
/// use testkit::{Rendezvous, pool_of_two};
///
/// let pool = pool_of_two();
/// let rendezvous = Rendezvous::new(2, Rendezvous::MEET_LIMIT);
/// pool.install(|| rayon::join(|| rendezvous.arrive(), || rendezvous.arrive()));
/// assert!(rendezvous.met());
/// ```
#[derive(Debug)]
pub struct Rendezvous(Arc<Meeting>);

#[derive(Debug)]
struct Meeting {
    parties: usize,
    /// `None`: until the pool has no more work.
    limit: Option<Duration>,
    /// Spares later arrivals the lock: false as soon as `state` is settled.
    armed: AtomicBool,
    state: Mutex<State>,
    settled: Condvar,
}

#[derive(Debug)]
enum State {
    Waiting { inside: usize, proof: Option<Arc<IdleProof>> },
    Met,
    GaveUp,
}

impl Rendezvous {
    /// How long to wait where a meeting is expected: long enough for a loaded machine to wake a second thread.
    pub const MEET_LIMIT: Duration = Duration::from_secs(2);

    /// How long to wait where no meeting may happen and nothing is known of the threads: a correct solution waits it out, so
    /// it is short.
    pub const NO_MEETING_LIMIT: Duration = Duration::from_millis(200);

    /// A meeting of `parties` distinct threads; each waits at most `limit` for the others.
    ///
    /// # Panics
    ///
    /// If `parties` is less than 2: one thread alone cannot meet another.
    pub fn new(parties: usize, limit: Duration) -> Self {
        Self::with_limit(parties, Some(limit))
    }

    /// A meeting of `parties` distinct threads that must not happen.
    ///
    /// In a [`KnownPool`](crate::KnownPool), those who wait give up as soon as every other thread of the pool has looked for
    /// work and found none, or after [`MEET_LIMIT`](Self::MEET_LIMIT); other threads, after
    /// [`NO_MEETING_LIMIT`](Self::NO_MEETING_LIMIT).
    ///
    /// # Panics
    ///
    /// As [`new`](Self::new) does.
    pub fn forbid(parties: usize) -> Self {
        Self::with_limit(parties, None)
    }

    fn with_limit(parties: usize, limit: Option<Duration>) -> Self {
        assert!(parties >= 2, "a rendezvous needs at least 2 parties, not {parties}");
        Self(Arc::new(Meeting {
            parties,
            limit,
            armed: AtomicBool::new(true),
            state: Mutex::new(State::Waiting { inside: 0, proof: None }),
            settled: Condvar::new(),
        }))
    }

    /// Waits until `parties` threads are here, or until the limit; returns at once when it is disarmed.
    ///
    /// A thread that waits cannot arrive a second time, so each arrival that is counted is another thread's.
    pub fn arrive(&self) {
        if self.0.armed.load(Ordering::Acquire) {
            Meeting::arrive(&self.0);
        }
    }

    /// Whether all parties were here at once.
    pub fn met(&self) -> bool {
        matches!(*self.0.lock(), State::Met)
    }
}

impl Meeting {
    fn arrive(self: &Arc<Self>) {
        let mut state = self.lock();
        let State::Waiting { inside, proof } = &mut *state else { return };
        *inside += 1;
        if *inside == self.parties {
            self.settle(&mut state, State::Met);
            return;
        }
        if let Some(proof) = proof {
            proof.block_another();
        } else if *inside == 1 && self.limit.is_none() {
            let meeting = Arc::clone(self);
            *proof = IdleProof::begin(1, move || meeting.give_up());
        }
        let limit = self.limit.unwrap_or(match proof {
            Some(_) => Rendezvous::MEET_LIMIT,
            None => Rendezvous::NO_MEETING_LIMIT,
        });
        let still_waiting = |state: &mut State| matches!(state, State::Waiting { .. });
        drop(self.settled.wait_timeout_while(state, limit, still_waiting).expect(NEVER_POISONED));
        self.give_up();
    }

    /// Gives up unless it is settled.
    fn give_up(&self) {
        let mut state = self.lock();
        if matches!(*state, State::Waiting { .. }) {
            self.settle(&mut state, State::GaveUp);
        }
    }

    fn settle(&self, state: &mut State, outcome: State) {
        if let State::Waiting { proof: Some(proof), .. } = mem::replace(state, outcome) {
            proof.end();
        }
        self.armed.store(false, Ordering::Release);
        self.settled.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect(NEVER_POISONED)
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::AtomicBool;
    use std::thread;

    use super::*;
    use crate::{KnownPool, pool_of_two};

    /// Long enough to be noticed; each test that may not meet waits it out.
    const SHORT: Duration = Duration::from_millis(20);

    #[test]
    fn two_threads_meet() {
        let rendezvous = Rendezvous::new(2, Rendezvous::MEET_LIMIT);
        thread::scope(|scope| {
            scope.spawn(|| rendezvous.arrive());
            scope.spawn(|| rendezvous.arrive());
        });
        assert!(rendezvous.met());
    }

    #[test]
    fn serial_code_never_meets() {
        let rendezvous = Rendezvous::new(2, SHORT);
        (0..100).for_each(|_| rendezvous.arrive());
        assert!(!rendezvous.met());
    }

    #[test]
    fn threads_behind_one_lock_never_meet() {
        let rendezvous = Rendezvous::new(2, SHORT);
        let lock = Mutex::new(());
        pool_of_two().install(|| {
            rayon::broadcast(|_| {
                let _held = lock.lock().unwrap();
                rendezvous.arrive();
            })
        });
        assert!(!rendezvous.met());
    }

    #[test]
    fn threads_that_wait_for_the_one_inside_never_meet_it() {
        let rendezvous = Rendezvous::forbid(2);
        pool_of_two().install(|| rayon::join(|| rendezvous.arrive(), || ()));
        assert!(!rendezvous.met());
    }

    #[test]
    fn threads_joined_one_by_one_never_meet() {
        let rendezvous = Rendezvous::new(2, SHORT);
        for _ in 0..4 {
            thread::scope(|scope| {
                scope.spawn(|| rendezvous.arrive());
            });
        }
        assert!(!rendezvous.met());
    }

    #[test]
    fn three_parties_never_meet_on_two_threads() {
        let rendezvous = Rendezvous::new(3, SHORT);
        pool_of_two().install(|| rayon::broadcast(|_| rendezvous.arrive()));
        assert!(!rendezvous.met());
    }

    #[test]
    fn three_parties_meet_on_three_threads() {
        let rendezvous = Rendezvous::new(3, Rendezvous::MEET_LIMIT);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| rendezvous.arrive());
            }
        });
        assert!(rendezvous.met());
    }

    #[test]
    fn after_a_meeting_nobody_waits() {
        let rendezvous = Rendezvous::new(2, Duration::MAX);
        pool_of_two().install(|| rayon::broadcast(|_| rendezvous.arrive()));
        rendezvous.arrive();
        assert!(rendezvous.met());
    }

    #[test]
    fn after_a_give_up_nobody_meets() {
        let rendezvous = Rendezvous::new(2, SHORT);
        rendezvous.arrive();
        pool_of_two().install(|| rayon::broadcast(|_| rendezvous.arrive()));
        assert!(!rendezvous.met());
    }

    #[test]
    #[should_panic(expected = "at least 2 parties, not 1")]
    fn one_party_is_refused() {
        Rendezvous::new(1, SHORT);
    }

    /// The thread that calls the others waits for some of them before.
    #[test]
    fn a_forbidden_meeting_is_seen_however_late_it_comes() {
        let pool = KnownPool::of(3);
        for _ in 0..200 {
            let rendezvous = Rendezvous::forbid(3);
            let begun = Barrier::new(2);
            pool.install(|| {
                rayon::scope(|scope| {
                    scope.spawn(|_| {
                        begun.wait();
                        rendezvous.arrive();
                    });
                    begun.wait();
                    for _ in 0..10 {
                        rayon::join(|| (), || ());
                    }
                    rayon::join(|| rendezvous.arrive(), || rendezvous.arrive());
                });
            });
            assert!(rendezvous.met());
        }
    }

    #[test]
    fn a_forbidden_meeting_ends_when_no_thread_has_work() {
        let pool = KnownPool::of(4);
        for _ in 0..200 {
            let rendezvous = Rendezvous::forbid(3);
            pool.install(|| rayon::join(|| rendezvous.arrive(), || rendezvous.arrive()));
            assert!(!rendezvous.met());
        }
    }

    #[test]
    fn correct_code_meets_200_times_of_200() {
        assert_eq!(meetings(200), 200);
    }

    #[test]
    fn correct_code_meets_200_times_of_200_under_load() {
        let done = AtomicBool::new(false);
        let met = thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    while !done.load(Ordering::Relaxed) {
                        std::hint::spin_loop();
                    }
                });
            }
            let met = meetings(200);
            done.store(true, Ordering::Relaxed);
            met
        });
        assert_eq!(met, 200);
    }

    #[test]
    #[ignore = "long on a loaded machine: run it by hand when the rendezvous changes"]
    fn correct_code_meets_2000_times_of_2000() {
        assert_eq!(meetings(2000), 2000);
    }

    fn meetings(runs: usize) -> usize {
        let pool = pool_of_two();
        let meets = || {
            let rendezvous = Rendezvous::new(2, Rendezvous::MEET_LIMIT);
            pool.install(|| rayon::join(|| rendezvous.arrive(), || rendezvous.arrive()));
            rendezvous.met()
        };
        (0..runs).filter(|_| meets()).count()
    }
}
