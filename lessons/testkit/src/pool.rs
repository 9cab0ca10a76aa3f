//! A thread pool that knows its own threads.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Once, OnceLock, Weak};
use std::thread::{self, ThreadId};

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

thread_local! {
    /// Of a thread of a [`KnownPool`], its pool.
    static OWN_POOL: RefCell<Weak<ThreadPool>> = const { RefCell::new(Weak::new()) };
    /// Of a thread of a [`KnownPool`] or of [`the global one`](start_global_pool), its number.
    static NUMBER: Cell<u64> = const { Cell::new(0) };
}

/// The number of the global pool.
pub(crate) const GLOBAL: u64 = 1;

/// The number of the pool of this thread: 0 if it is in none that is known.
pub(crate) fn number_of_this_thread() -> u64 {
    NUMBER.get()
}

/// Starts the global pool with this many threads, unless this has been done.
///
/// # Panics
///
/// If something else has started it: rayon was used outside of a pool before.
pub(crate) fn start_global_pool(threads: usize) {
    static START: Once = Once::new();
    START.call_once(|| {
        let started = ThreadPoolBuilder::new().num_threads(threads).build_global();
        started.expect("nothing has used rayon outside of a pool yet");
        rayon::broadcast(|_| NUMBER.set(GLOBAL));
    });
}

/// The pool of a [`KnownPool`] whose thread calls this.
pub(crate) fn of_this_thread() -> Option<Arc<ThreadPool>> {
    OWN_POOL.with_borrow(Weak::upgrade)
}

/// A pool whose threads are known, so that a check can tell whether a call came from one of them.
///
/// ```
/// use std::thread;
///
/// let pool = testkit::pool_of_two();
/// let here = thread::current().id();
/// let there = pool.install(|| thread::current().id());
/// assert!(pool.has(there) && !pool.has(here));
/// ```
#[derive(Debug)]
pub struct KnownPool {
    pool: Arc<ThreadPool>,
    ids: HashSet<ThreadId>,
    number: u64,
}

impl KnownPool {
    /// A pool of exactly this many threads, all of them started.
    ///
    /// # Errors
    ///
    /// When the system refuses to start them.
    pub fn new(threads: NonZeroUsize) -> Result<Self, ThreadPoolBuildError> {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .thread_name(|index| format!("pool thread {index}"))
            .build()?;
        static NEXT: AtomicU64 = AtomicU64::new(GLOBAL + 1);
        let (pool, number) = (Arc::new(pool), NEXT.fetch_add(1, Ordering::Relaxed));
        let ids = pool.broadcast(|_| {
            OWN_POOL.set(Arc::downgrade(&pool));
            NUMBER.set(number);
            thread::current().id()
        });
        Ok(Self { pool, ids: ids.into_iter().collect(), number })
    }

    /// A pool of this many threads.
    ///
    /// # Panics
    ///
    /// If `threads` is 0, or the system refuses to start them.
    pub fn of(threads: usize) -> Self {
        let threads = NonZeroUsize::new(threads).expect("a pool has at least one thread");
        Self::new(threads).expect("the system starts a few threads")
    }

    /// Runs `f` on a thread of the pool; all that it does in parallel stays in the pool. A panic in `f` reaches the caller.
    pub fn install<R: Send>(&self, f: impl FnOnce() -> R + Send) -> R {
        // As a trait object, so that rayon's part is compiled once, and not for each closure in each check.
        let (mut f, mut result) = (Some(f), None);
        self.install_once(&mut || result = f.take().map(|f| f()));
        result.expect("it has been called, and has not panicked")
    }

    fn install_once(&self, f: &mut (dyn FnMut() + Send)) {
        self.pool.install(f);
    }

    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Whether this thread is one of the pool's.
    pub fn has(&self, thread: ThreadId) -> bool {
        self.ids.contains(&thread)
    }

    /// How many threads the pool has.
    pub fn threads(&self) -> usize {
        self.pool.current_num_threads()
    }
}

/// A pool of two, which every concurrent check uses: two threads are enough to show that work overlaps.
///
/// # Panics
///
/// When the system refuses to start two threads.
pub fn pool_of_two() -> KnownPool {
    KnownPool::of(2)
}

/// Whether nothing had used rayon outside of a pool when this was asked for the first time.
///
/// Using rayon outside of a pool starts the global one, which is set up only once in the life of a program. The first call of
/// this function sets it up itself, with one thread, so that later calls return the same.
pub fn global_pool_was_untouched() -> bool {
    static UNTOUCHED: OnceLock<bool> = OnceLock::new();
    let set_up = || ThreadPoolBuilder::new().num_threads(1).build_global();
    *UNTOUCHED.get_or_init(|| set_up().is_ok())
}

/// How many threads can run at once here, by the system's account: it knows the limits of this process (a container's quota,
/// an affinity mask), but not other programs. 1 if it gives none.
pub fn cores_offered() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_knows_all_its_threads_and_no_other() {
        let pool = KnownPool::new(NonZeroUsize::new(3).unwrap()).unwrap();
        assert_eq!(pool.threads(), 3);
        let ids = pool.install(|| rayon::broadcast(|_| thread::current().id()));
        assert_eq!(ids.len(), 3);
        assert!(ids.iter().all(|&id| pool.has(id)));
        assert!(!pool.has(thread::current().id()));
    }

    #[test]
    fn two_pools_share_no_thread() {
        let (one, other) = (pool_of_two(), pool_of_two());
        let thread_of = |pool: &KnownPool| pool.install(|| thread::current().id());
        assert!(!one.has(thread_of(&other)));
        assert!(!other.has(thread_of(&one)));
    }

    #[test]
    #[should_panic(expected = "in the pool")]
    fn a_panic_in_the_pool_reaches_the_caller() {
        pool_of_two().install(|| panic!("in the pool"));
    }
}
