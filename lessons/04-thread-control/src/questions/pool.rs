//! What is asked of `with_threads`.

use std::any::Any;
use std::cell::Cell;
use std::collections::HashSet;
use std::panic;
use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use fastrand::Rng;
use rayon::prelude::*;
use testkit::{
    KnownPool, Mismatch, Question, RandomIntegrand, Rendezvous, busy_calls, busy_work,
    global_pool_was_untouched,
};

use super::{Subject, nonzero};
use crate::integrate_parallel;

pub(super) fn questions(Subject { with_threads, .. }: Subject) -> Vec<Question> {
    vec![
        Question::new(
            "work runs once, in a pool of exactly so many threads, none of which is the caller's, and its result is returned",
            Call::drawn,
            move |call| {
                let pools = Mutex::new(Vec::new());
                let work = || {
                    locked(&pools).push(pool_here());
                    call.result
                };
                let with_threads = || with_threads(nonzero(call.threads), &work).ok();
                let (result, callers) = match call.callers {
                    0 => (with_threads(), HashSet::from([thread::current().id()])),
                    callers => {
                        let pool = KnownPool::new(nonzero(callers));
                        let pool = pool.expect("the system starts a few threads");
                        pool.install(|| (with_threads(), pool_here()))
                    }
                };
                let pools = locked(&pools);
                let seen = pools.iter();
                let seen = seen.map(|pool| (pool.len(), pool.intersection(&callers).count()));
                (result, seen.collect::<Vec<_>>())
            },
            |call, (result, pools)| call.is_right(*result, pools),
        ),
        Question::new(
            "all threads of the pool are at work at once",
            |random| random.usize(2..7),
            move |&threads| {
                let all = Rendezvous::new(threads, Rendezvous::MEET_LIMIT);
                let called = with_threads(nonzero(threads), &|| all_arrive(&all));
                called.is_ok() && all.met()
            },
            |threads, met| {
                let seen = format!("threads = {threads}: never {threads} at work at once");
                Mismatch::unless(*met, seen, "all of them, even on fewer cores")
            },
        ),
        Question::new(
            "two calls at once work in two pools at once",
            |random| [random.usize(1..4), random.usize(1..4)],
            move |threads: &[usize; 2]| {
                let together = threads.iter().sum();
                let all = Rendezvous::new(together, Rendezvous::MEET_LIMIT);
                thread::scope(|scope| {
                    for &threads in threads {
                        let all = &all;
                        scope.spawn(move || {
                            with_threads(nonzero(threads), &|| all_arrive(all))
                        });
                    }
                });
                all.met()
            },
            |threads, met| {
                let seen = format!("two calls at once, threads = {threads:?}: never all threads at work at once");
                Mismatch::unless(*met, seen, "both pools at work at once")
            },
        ),
        Question::new(
            "the pool ends with the call",
            |random| random.usize(1..5),
            move |&threads| {
                thread_local!(static HELD: Cell<Option<mpsc::Sender<()>>> = const { Cell::new(None) });
                let (held, all_ended) = mpsc::channel::<()>();
                let hold = || {
                    rayon::broadcast(|_| HELD.set(Some(held.clone())));
                    0
                };
                let called = with_threads(nonzero(threads), &hold);
                drop(held);
                // A thread lets go of its sender when it ends. The limit is for a busy machine.
                let told = all_ended.recv_timeout(Duration::from_secs(2));
                called.is_ok() && told == Err(RecvTimeoutError::Disconnected)
            },
            |threads, ended| {
                let seen = format!("threads = {threads}: after the call, threads of its pool are still there");
                Mismatch::unless(*ended, seen, "none")
            },
        )
        .in_cases(5),
        Question::new(
            "a panic in work reaches the caller",
            |random| (random.usize(1..5), random.u64(..).to_string()),
            move |(threads, words)| {
                // Resumed and not begun, so that it prints nothing.
                let panics = || panic::resume_unwind(Box::new(words.clone()));
                let called = panic::catch_unwind(|| with_threads(nonzero(*threads), &panics));
                called.err().and_then(|panic| message(&*panic))
            },
            |(threads, words), panicked| {
                Mismatch::unless(
                    panicked.as_ref() == Some(words),
                    format!("threads = {threads}, work panics with {words:?}: the caller panics with {panicked:?}"),
                    format!("{words:?}"),
                )
            },
        )
        .in_cases(5),
        Question::new(
            "the global pool stays untouched",
            |random| random.usize(1..4),
            move |&threads| {
                let in_parallel = || (0..4_u64).into_par_iter().sum();
                with_threads(nonzero(threads), &in_parallel).is_ok() && global_pool_was_untouched()
            },
            |threads, untouched| {
                let seen = format!("threads = {threads}: after the call a program cannot set up its global pool");
                Mismatch::unless(*untouched, seen, "it can")
            },
        )
        .in_cases(2),
        Question::in_company(
            "work in a pool of two is done by two threads at the same time",
            |random| RandomIntegrand::draw(random, 0).of(busy_calls(random)),
            |weighed| weighed.samples.n,
            move |weighed, company| {
                let at = weighed.samples;
                let area = || integrate_parallel(|x| company.call(|| busy_work(weighed.f(x))), at.a, at.b, at.n).to_bits();
                with_threads(nonzero(2), &area).ok()
            },
            |weighed, area| {
                let area = area.map_or(f64::NAN, f64::from_bits);
                weighed.has_area(0..weighed.samples.n, area)
            },
        ),
    ]
}

/// A call of `with_threads`, from a pool of the `callers` or from no pool.
#[derive(Debug)]
struct Call {
    threads: usize,
    callers: usize,
    result: u64,
}

impl Call {
    fn drawn(random: &mut Rng) -> Self {
        let threads = random.usize(1..8);
        let callers = match random.u8(..4) {
            0 | 1 => 0,
            2 => random.usize(1..4),
            _ => threads,
        };
        let result = random.u64(..);
        Self {
            threads,
            callers,
            result,
        }
    }

    /// `pools`: for each call of work how many threads its pool has, and how many of them are the caller's.
    fn is_right(&self, result: Option<u64>, pools: &[(usize, usize)]) -> Result<(), Mismatch> {
        let Self {
            threads, callers, ..
        } = self;
        let case = format!("threads = {threads}, called in a pool of {callers} (0: in none)");
        Mismatch::unless(
            result == Some(self.result),
            format!("{case}: {result:?}"),
            format!("Some({}), what work returns", self.result),
        )?;
        Mismatch::unless(
            pools == [(*threads, 0)],
            format!(
                "{case}: work finds itself in pools of (threads, the caller's among them) {pools:?} (0: in none)"
            ),
            format!("once, in a pool of {threads} others"),
        )
    }
}

/// The threads of the pool in which this is called; none outside of a pool.
pub(super) fn pool_here() -> HashSet<ThreadId> {
    match rayon::current_thread_index() {
        Some(_) => rayon::broadcast(|_| thread::current().id())
            .into_iter()
            .collect(),
        None => HashSet::new(),
    }
}

fn all_arrive(rendezvous: &Rendezvous) -> u64 {
    rayon::broadcast(|_| rendezvous.arrive());
    0
}

/// What a panic says.
pub(super) fn message(panic: &(dyn Any + Send)) -> Option<String> {
    let literal = || panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    panic.downcast_ref::<String>().cloned().or_else(literal)
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .expect("nothing panics while it holds this lock")
}
