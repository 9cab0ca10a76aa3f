//! A proof, without a clock, that several threads were inside at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

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
pub struct Rendezvous {
    parties: usize,
    limit: Duration,
    /// Spares later arrivals the lock: false as soon as `state` is settled.
    armed: AtomicBool,
    state: Mutex<State>,
    settled: Condvar,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Waiting { inside: usize },
    Met,
    GaveUp,
}

impl Rendezvous {
    /// How long to wait where a meeting is expected: long enough for a loaded machine to wake a second thread.
    pub const MEET_LIMIT: Duration = Duration::from_secs(2);

    /// How long to wait where no meeting may happen: a correct solution waits it out, so it is short.
    pub const NO_MEETING_LIMIT: Duration = Duration::from_millis(200);

    /// A meeting of `parties` distinct threads; each waits at most `limit` for the others.
    ///
    /// # Panics
    ///
    /// If `parties` is less than 2: one thread alone cannot meet another.
    pub fn new(parties: usize, limit: Duration) -> Self {
        assert!(parties >= 2, "a rendezvous needs at least 2 parties, not {parties}");
        Self {
            parties,
            limit,
            armed: AtomicBool::new(true),
            state: Mutex::new(State::Waiting { inside: 0 }),
            settled: Condvar::new(),
        }
    }

    /// Waits until `parties` threads are here, or until the limit; returns at once when it is disarmed.
    ///
    /// A thread that waits cannot arrive a second time, so each arrival that is counted is another thread's.
    pub fn arrive(&self) {
        if !self.armed.load(Ordering::Acquire) {
            return;
        }
        let mut state = self.lock();
        if let State::Waiting { inside } = &mut *state {
            *inside += 1;
            if *inside == self.parties {
                self.settle(&mut state, State::Met);
                return;
            }
        }
        let still_waiting = |state: &mut State| matches!(state, State::Waiting { .. });
        let (mut state, _) = self
            .settled
            .wait_timeout_while(state, self.limit, still_waiting)
            .expect(NEVER_POISONED);
        if still_waiting(&mut state) {
            self.settle(&mut state, State::GaveUp);
        }
    }

    /// Whether all parties were here at once.
    pub fn met(&self) -> bool {
        *self.lock() == State::Met
    }

    fn settle(&self, state: &mut State, outcome: State) {
        *state = outcome;
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
    use std::sync::atomic::AtomicBool;
    use std::thread;

    use super::*;
    use crate::pool_of_two;

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
