//! A sweep that is watched from inside the work.

use std::collections::HashSet;
use std::sync::Mutex;
use std::thread::{self, ThreadId};
use std::time::Duration;

use fastrand::Rng;
use rayon::ThreadPoolBuildError;
use testkit::{Cases, Mismatch, cases};
use thread_control::sweep;

use super::{claim_ok, threads};

/// Each number of threads stands there once.
pub struct Arguments {
    counts: Vec<usize>,
    runs: usize,
    /// How long each call of work takes follows from it, by the clock that the sweep is given.
    seed: u64,
}

/// The number of the pool in which work is called, how many threads it has (0: it is no pool), and how long the call takes.
type Call = (usize, usize, Duration);

/// The number of threads of each step, and its times.
type Steps = Vec<(usize, Vec<Duration>)>;

/// What `sweep` did: its steps, and every call of work, in order.
pub struct SweepLog {
    counts: Vec<usize>,
    runs: usize,
    steps: Steps,
    calls: Vec<Call>,
}

pub fn no_counts<'a>() -> Cases<'a, Arguments> {
    cases([Arguments::of(&[])])
}

pub fn any_counts<'a>() -> Cases<'a, Arguments> {
    let drawn = |random: &mut Rng| {
        let mut counts = vec![1, 2, 3, 4];
        random.shuffle(&mut counts);
        counts.truncate(random.usize(..=4));
        Arguments {
            counts,
            runs: random.usize(1..5),
            seed: random.u64(..),
        }
    };
    cases([Arguments::of(&[1, 3, 2])])
        .and_random(drawn)
        .times(5)
}

#[track_caller]
pub fn claim_sweep(cases: Cases<Arguments>, judge: impl Fn(&SweepLog) -> Result<(), Mismatch>) {
    claim_ok(
        cases.label(|case| format!("counts = {:?}, runs = {}", case.counts, case.runs)),
        Arguments::sweep,
        |case, (steps, calls)| {
            judge(&SweepLog {
                counts: case.counts.clone(),
                runs: case.runs,
                steps: steps.clone(),
                calls: calls.clone(),
            })
        },
    );
}

impl Arguments {
    fn of(counts: &[usize]) -> Self {
        Self {
            counts: counts.to_vec(),
            runs: 4,
            seed: 1,
        }
    }

    fn sweep(&self) -> Result<(Steps, Vec<Call>), ThreadPoolBuildError> {
        let (pools, calls) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
        let (random, now) = (
            Mutex::new(Rng::with_seed(self.seed)),
            Mutex::new(Duration::ZERO),
        );
        let work = || {
            let pool = pool_here();
            let size = pool.len();
            let mut pools = pools.lock().unwrap();
            let number = pools.iter().position(|known| *known == pool);
            let number = number.unwrap_or_else(|| {
                pools.push(pool);
                pools.len() - 1
            });
            let took = Duration::from_millis(random.lock().unwrap().u64(1..1_000_000));
            calls.lock().unwrap().push((number, size, took));
            *now.lock().unwrap() += took;
        };
        let clock = || *now.lock().unwrap();
        let counts: Vec<_> = self.counts.iter().map(|&count| threads(count)).collect();
        let steps = sweep(&counts, threads(self.runs), clock, work)?;
        let steps = steps
            .into_iter()
            .map(|step| (step.threads.get(), step.times));
        Ok((steps.collect(), calls.into_inner().unwrap()))
    }
}

impl SweepLog {
    /// There is a step for each count, in their order, with a time for each run.
    pub fn has_all_times(&self) -> Result<(), Mismatch> {
        let seen = self
            .steps
            .iter()
            .map(|(count, times)| (*count, times.len()));
        let seen: Vec<_> = seen.collect();
        let expected = self.counts.iter().map(|&count| (count, self.runs));
        let expected: Vec<_> = expected.collect();
        Mismatch::unless(
            seen == expected,
            format!("(threads, times) of the steps {seen:?}"),
            format!("{expected:?}: in the given order, with the time of every run"),
        )
    }

    /// Work is called in a pool of every size.
    pub fn calls_in_all_sizes(&self) -> Result<(), Mismatch> {
        let sizes = self.sizes();
        Mismatch::unless(
            self.counts.iter().all(|count| sizes.contains(count)),
            format!("calls on {sizes:?} threads (0: in no pool)"),
            format!("calls in a pool of each of the sizes {:?}", self.counts),
        )
    }

    /// All calls on a count are made in one pool.
    pub fn has_one_pool_for_each_count(&self) -> Result<(), Mismatch> {
        self.counts.iter().try_for_each(|&count| {
            let (calls, pools) = (self.times_on(count).len(), self.pools_of(count));
            Mismatch::unless(
                pools == 1,
                format!("{calls} calls on {count} threads in {pools} pools"),
                "1 pool: started once, and not for every call",
            )
        })
    }

    /// Work is called once more in each pool than there are runs.
    pub fn warms_up_every_pool(&self) -> Result<(), Mismatch> {
        self.counts.iter().try_for_each(|&count| {
            let (calls, runs) = (self.times_on(count).len(), self.runs);
            let remark = match calls == runs {
                true => ", none to warm up",
                false => "",
            };
            Mismatch::unless(
                calls == runs + 1,
                format!("{calls} calls on {count} threads{remark}"),
                format!("{}: 1 to warm the pool up, {runs} to be timed", runs + 1),
            )
        })
    }

    /// After the warm-up, work is called in pools of the counts in their order, again and again.
    pub fn goes_in_rounds(&self) -> Result<(), Mismatch> {
        let (sizes, counts) = (self.sizes(), &self.counts);
        let timed = sizes.get(counts.len()..).unwrap_or(&[]);
        let mut rounds = timed.chunks(counts.len().max(1));
        Mismatch::unless(
            rounds.all(|round| round == *counts),
            format!("after the warm-up on {timed:?} threads"),
            format!("{counts:?} again and again: a busy moment then strikes all counts alike"),
        )
    }

    /// The times of a step are those of its calls, without the first.
    pub fn has_the_times_of_the_calls(&self) -> Result<(), Mismatch> {
        self.steps.iter().try_for_each(|(count, times)| {
            let took = self.times_on(*count);
            let timed = took.get(1..).unwrap_or(&[]);
            let remark = match times.first() == took.first() {
                true => ", the first from the warm-up",
                false => "",
            };
            Mismatch::unless(
                times == timed,
                format!("times on {count} threads {times:?}{remark}"),
                format!("{timed:?}, by the clock that is given"),
            )
        })
    }

    /// There is no step, and work is not called.
    pub fn is_empty(&self) -> Result<(), Mismatch> {
        let (steps, calls) = (self.steps.len(), self.sizes().len());
        let seen = format!("{steps} steps after {calls} calls of work");
        Mismatch::unless(steps + calls == 0, seen, "no step and no call")
    }

    /// How long each call on this many threads took.
    fn times_on(&self, count: usize) -> Vec<Duration> {
        let calls = self.calls.iter().filter(|(_, size, _)| *size == count);
        calls.map(|(.., took)| *took).collect()
    }

    /// How many different pools of this size work was called in.
    fn pools_of(&self, count: usize) -> usize {
        let calls = self.calls.iter().filter(|(_, size, _)| *size == count);
        calls.map(|(pool, ..)| *pool).collect::<HashSet<_>>().len()
    }

    /// The size of the pool of every call, in order.
    fn sizes(&self) -> Vec<usize> {
        self.calls.iter().map(|(_, size, _)| *size).collect()
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
