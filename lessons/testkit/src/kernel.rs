//! The closure that a parallel function is given by a claim.

use std::cell::Cell;
use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::thread::{self, ThreadId};

use crate::lockstep::Sharing;
use crate::{Lockstep, pool};

thread_local! {
    /// The kernel that this thread has called last, and whether it is a thread of another pool than that kernel's.
    static LAST: Cell<(u64, bool)> = const { Cell::new((0, false)) };
}

/// Stands inside a closure that the code under test calls, and counts its calls one by one: how often each was made, and by
/// whose threads.
///
/// It costs a few nanoseconds a call, so hundreds of thousands of calls take a few milliseconds.
pub struct Kernel<'a> {
    visits: Vec<AtomicU8>,
    outside: AtomicUsize,
    strangers: AtomicUsize,
    threads: Mutex<HashSet<ThreadId>>,
    /// The number of the pool in which the calls are made.
    pool: u64,
    /// Of this kernel alone.
    id: u64,
    behaviour: Behaviour<'a>,
}

/// What a call does besides.
pub(crate) enum Behaviour<'a> {
    Plain,
    /// Takes turns with the other threads.
    InStep(Lockstep),
    /// This call panics.
    Panic(usize),
    /// Some calls do this first.
    Nest(&'a (dyn Fn() + Sync)),
}

impl<'a> Kernel<'a> {
    pub(crate) fn new(calls: usize, pool: u64, behaviour: Behaviour<'a>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self {
            visits: (0..calls).map(|_| AtomicU8::new(0)).collect(),
            outside: AtomicUsize::new(0),
            strangers: AtomicUsize::new(0),
            threads: Mutex::default(),
            pool,
            id: NEXT.fetch_add(1, Relaxed),
            behaviour,
        }
    }

    /// Counts call number `index`, from 0; then does the work. A number that is none of the calls' is counted as a call too
    /// many.
    pub fn call<R>(&self, index: usize, work: impl FnOnce() -> R) -> R {
        match self.visits.get(index) {
            Some(visits) => _ = visits.fetch_add(1, Relaxed),
            None => _ = self.outside.fetch_add(1, Relaxed),
        }
        let (last, mut is_stranger) = LAST.get();
        if last != self.id {
            self.threads.lock().expect(NEVER_POISONED).insert(thread::current().id());
            let is_other = pool::number_of_this_thread() != self.pool;
            is_stranger = is_other && rayon::current_thread_index().is_some();
            LAST.set((self.id, is_stranger));
        }
        if is_stranger {
            self.strangers.fetch_add(1, Relaxed);
        }
        match &self.behaviour {
            Behaviour::Plain => {}
            Behaviour::InStep(lockstep) => return lockstep.call(work),
            Behaviour::Panic(at) => assert!(index != *at, "a call was to panic"),
            Behaviour::Nest(nested) => {
                // The first, and three more.
                if index % self.visits.len().div_ceil(4).max(1) == 0 {
                    nested();
                }
            }
        }
        work()
    }

    /// The first call that was not made exactly once, in words: which of `items` the `closure` was called for.
    pub(crate) fn fault(&self, [closure, item]: [&str; 2]) -> Option<String> {
        let times = |visits: &AtomicU8| visits.load(Relaxed);
        let index = self.visits.iter().position(|visits| times(visits) != 1);
        let outside = self.outside.load(Relaxed);
        match index {
            Some(index) if times(&self.visits[index]) == 0 => {
                Some(format!("`{closure}` is never called for {item} {index}"))
            }
            Some(index) => {
                let times = times(&self.visits[index]);
                Some(format!("`{closure}` is called {times} times for {item} {index}"))
            }
            None if outside > 0 => {
                let calls = if outside == 1 { "call" } else { "calls" };
                Some(format!("{outside} {calls} of `{closure}` for what is no {item}"))
            }
            None => None,
        }
    }

    /// How often this call was made.
    pub(crate) fn visits(&self, index: usize) -> u8 {
        self.visits.get(index).map_or(0, |visits| visits.load(Relaxed))
    }

    /// How many calls were made by threads of another pool.
    pub(crate) fn by_strangers(&self) -> usize {
        self.strangers.load(Relaxed)
    }

    /// How many threads made calls.
    pub(crate) fn threads(&self) -> usize {
        self.threads.lock().expect(NEVER_POISONED).len()
    }

    pub(crate) fn sharing(&self) -> Option<Sharing> {
        match &self.behaviour {
            Behaviour::InStep(lockstep) => Some(lockstep.sharing()),
            _ => None,
        }
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";
