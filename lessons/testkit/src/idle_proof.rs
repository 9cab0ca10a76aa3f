//! A proof that no further thread of a pool can come.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, Weak};
use std::thread;
use std::time::{Duration, Instant};

use rayon::ThreadPool;

use crate::pool;

/// Rounds in which no thread arrives, one after the other, before the pool counts as idle, and how long they take at least.
///
/// One is not enough: a thread may have no work only because it waits for a part of a `join` that ends a moment later. In each
/// round, such a thread gets on by one `join`. A busy machine makes a round longer and needs no more of them.
const QUIET_ROUNDS: u32 = 10;
const QUIET_TIME: Duration = Duration::from_millis(10);

/// Finds out whether a pool still has work while some of its threads are blocked inside that work.
///
/// The threads that are not blocked are given jobs from outside of the pool. Rayon takes such a job only when a thread has
/// nothing in its queue and finds nothing in the others' (`WorkerThread::find_work` of rayon-core 1.13), so a thread that runs
/// one has no work. Each job keeps its thread until all have begun: then every thread is either blocked or without work.
#[derive(Debug)]
pub(crate) struct IdleProof {
    pool: Weak<ThreadPool>,
    state: Mutex<Progress>,
    changed: Condvar,
}

#[derive(Debug)]
struct Progress {
    round: u32,
    /// Threads that run a job of this round.
    idle: usize,
    /// Threads that are blocked inside the work.
    blocked: usize,
    ended: bool,
}

impl IdleProof {
    /// Begins a proof in the [`KnownPool`](crate::KnownPool) of this thread, of which this many threads are blocked or about to
    /// be, this one included; calls `then` on another thread if the pool turns out to be idle before the proof
    /// [ends](Self::end). `None` on any other thread.
    pub(crate) fn begin(blocked: usize, then: impl FnOnce() + Send + 'static) -> Option<Arc<Self>> {
        let pool = pool::of_this_thread()?;
        let state = Progress { round: 0, idle: 0, blocked, ended: false };
        let (state, changed) = (Mutex::new(state), Condvar::new());
        let proof = Arc::new(Self { pool: Arc::downgrade(&pool), state, changed });
        let run = Arc::clone(&proof);
        let prove = move || {
            if run.pool_is_idle(&pool) {
                then();
            }
        };
        thread::Builder::new().name("idle proof".to_owned()).spawn(prove).ok()?;
        Some(proof)
    }

    /// This thread is about to be blocked too. If it is not the pool's, nothing can be proven any more.
    pub(crate) fn block_another(&self) {
        let own =
            pool::of_this_thread().is_some_and(|pool| self.pool.ptr_eq(&Arc::downgrade(&pool)));
        let mut state = self.lock();
        state.blocked += usize::from(own);
        state.ended |= !own;
        self.changed.notify_all();
    }

    /// Ends the proof, since the blocked threads go on.
    pub(crate) fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    /// Whether, before the end, several rounds in a row found every thread blocked or without work.
    fn pool_is_idle(self: &Arc<Self>, pool: &ThreadPool) -> bool {
        let threads = pool.current_num_threads();
        let (mut quiet, mut since) = (0, Instant::now());
        while quiet < QUIET_ROUNDS || since.elapsed() < QUIET_TIME {
            let mut state = self.lock();
            state.round += 1;
            state.idle = 0;
            let (round, blocked) = (state.round, state.blocked);
            drop(state);
            self.changed.notify_all();
            for _ in blocked..threads {
                let proof = Arc::clone(self);
                pool.spawn(move || proof.be_idle(round));
            }
            let unsettled = |state: &mut Progress| {
                !state.ended && state.blocked == blocked && blocked + state.idle < threads
            };
            let waited = self.changed.wait_while(self.lock(), unsettled).expect(NEVER_POISONED);
            if waited.ended {
                return false;
            }
            if waited.blocked == blocked {
                quiet += 1;
            } else {
                (quiet, since) = (0, Instant::now());
            }
        }
        let mut state = self.lock();
        let idle = !state.ended;
        state.ended = true;
        self.changed.notify_all();
        idle
    }

    /// Keeps a thread that has no work until the round is over.
    fn be_idle(&self, round: u32) {
        let mut state = self.lock();
        if state.round == round {
            state.idle += 1;
            self.changed.notify_all();
            let same_round = |state: &mut Progress| state.round == round && !state.ended;
            drop(self.changed.wait_while(state, same_round).expect(NEVER_POISONED));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.state.lock().expect(NEVER_POISONED)
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";
