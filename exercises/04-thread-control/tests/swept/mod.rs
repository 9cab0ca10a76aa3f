//! A sweep that is watched from inside the work.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::thread::{self, ThreadId};
use std::time::Duration;

use lesson::Step;
use thread_control::sweep;

/// What `sweep` did: its steps, and every call of work, in order.
pub struct Swept {
    /// Names the arguments.
    pub case: String,
    pub steps: Vec<Step>,
    pub calls: Vec<Call>,
}

pub struct Call {
    /// The threads of the pool in which it ran; none outside of a pool.
    pub pool: HashSet<ThreadId>,
    /// By the clock that the sweep is given. It goes on only while work is called.
    pub took: Duration,
}

impl Swept {
    pub fn over(counts: &[usize], runs: usize) -> Self {
        let (calls, now) = (Mutex::new(Vec::new()), Mutex::new(Duration::ZERO));
        let work = || {
            let pool = pool_here();
            let mut calls = calls.lock().unwrap();
            // No two calls take equally long.
            let took = Duration::from_millis(100 + calls.len() as u64);
            calls.push(Call { pool, took });
            *now.lock().unwrap() += took;
        };
        let clock = || *now.lock().unwrap();
        let nonzero: Vec<_> = counts.iter().map(|&count| threads(count)).collect();
        let case = format!("counts = {counts:?}, runs = {runs}");
        let steps = super::expect_ok(&case, sweep(&nonzero, threads(runs), clock, work));
        let calls = calls.into_inner().unwrap();
        Swept { case, steps, calls }
    }

    pub fn calls_on(&self, count: usize) -> impl Iterator<Item = &Call> {
        let on_so_many = move |call: &&Call| call.pool.len() == count;
        self.calls.iter().filter(on_so_many)
    }

    /// How many different pools of so many threads there were.
    pub fn pools_of(&self, count: usize) -> usize {
        let mut pools: Vec<_> = self.calls_on(count).map(|call| &call.pool).collect();
        let mut different = 0;
        while let Some(pool) = pools.pop() {
            pools.retain(|other| *other != pool);
            different += 1;
        }
        different
    }

    /// The size of the pool of every call, in order.
    pub fn sizes(&self) -> Vec<usize> {
        self.calls.iter().map(|call| call.pool.len()).collect()
    }
}

/// The threads of the pool in which this is called; none outside of a pool.
pub fn pool_here() -> HashSet<ThreadId> {
    match rayon::current_thread_index() {
        Some(_) => rayon::broadcast(|_| thread::current().id())
            .into_iter()
            .collect(),
        None => HashSet::new(),
    }
}

pub fn threads(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).expect("no case has zero threads")
}
