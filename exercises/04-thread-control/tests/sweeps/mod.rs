//! A sweep that is watched from inside the work.

use std::collections::HashSet;
use std::sync::Mutex;
use std::thread::{self, ThreadId};
use std::time::Duration;

use fastrand::Rng;
use rayon::ThreadPoolBuildError;
use testkit::{Cases, Mismatch, cases, random_cases};
use thread_control::sweep;

use super::{claim_ok, threads};

pub struct Arguments {
    counts: Vec<usize>,
    runs: usize,
    /// How long each call of work takes follows from it, by the clock that the sweep is given.
    seed: u64,
    /// What passes at each look at that clock.
    look: Duration,
}

/// What the clock tells when a sweep begins, as a clock does that shows the time of day.
const BEGIN: Duration = Duration::from_nanos(1_800_000_000_123_456_789);

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
    let drawn = |random: &mut Rng| Arguments {
        counts: (0..random.usize(..=6))
            .map(|_| random.usize(1..5))
            .collect(),
        runs: random.usize(1..5),
        seed: random.u64(..),
        look: Duration::from_nanos(random.u64(..2) * 30),
    };
    let at_no_cost = Arguments {
        look: Duration::ZERO,
        ..Arguments::of(&[1, 3, 2])
    };
    cases([at_no_cost, Arguments::of(&[2, 1, 2])])
        .and_random(drawn)
        .times(5)
}

pub fn many_runs<'a>() -> Cases<'a, Arguments> {
    let runs = |runs| Arguments {
        runs,
        ..Arguments::of(&[1])
    };
    cases([runs(300)])
        .and_random(move |random| runs(random.usize(257..400)))
        .times(1)
}

pub fn many_counts<'a>() -> Cases<'a, Arguments> {
    random_cases(|random| {
        let counts = (0..random.usize(20..25)).map(|_| random.usize(1..3));
        Arguments {
            runs: 1,
            ..Arguments::of(&counts.collect::<Vec<_>>())
        }
    })
    .times(1)
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
            look: Duration::from_nanos(30),
        }
    }

    fn sweep(&self) -> Result<(Steps, Vec<Call>), ThreadPoolBuildError> {
        let (pools, calls) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
        let (random, now) = (Mutex::new(Rng::with_seed(self.seed)), Mutex::new(BEGIN));
        let work = || {
            let pool = pool_here();
            let size = pool.len();
            let mut pools = pools.lock().unwrap();
            let number = pools.iter().position(|known| *known == pool);
            let number = number.unwrap_or_else(|| {
                pools.push(pool);
                pools.len() - 1
            });
            let took = draw_time(&mut random.lock().unwrap());
            // From the look before it to the one after it.
            calls.lock().unwrap().push((number, size, took + self.look));
            *now.lock().unwrap() += took;
        };
        let clock = || {
            let mut now = now.lock().unwrap();
            *now += self.look;
            *now
        };
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

    /// All calls on a count are made in one pool, or in as many as the count stands for.
    pub fn has_one_pool_for_each_count(&self) -> Result<(), Mismatch> {
        self.counts.iter().try_for_each(|&count| {
            let calls = self.calls.iter().filter(|(_, size, _)| *size == count);
            let pools: Vec<usize> = calls.map(|(pool, ..)| *pool).collect();
            let (calls, pools) = (pools.len(), pools.iter().collect::<HashSet<_>>().len());
            let expected = self.places_of(count);
            let words = match expected {
                1 => "1 pool: started once, and not for every call".to_owned(),
                _ => format!(
                    "{expected}: a pool for each of the {expected} steps on {count} threads"
                ),
            };
            let seen = match pools {
                1 => format!("{calls} calls on {count} threads in 1 pool"),
                _ => format!("{calls} calls on {count} threads in {pools} pools"),
            };
            Mismatch::unless(pools == expected, seen, words)
        })
    }

    /// Work is called once more in each pool than there are runs.
    pub fn warms_up_every_pool(&self) -> Result<(), Mismatch> {
        self.counts.iter().try_for_each(|&count| {
            let calls = self
                .calls
                .iter()
                .filter(|(_, size, _)| *size == count)
                .count();
            let (places, runs) = (self.places_of(count), self.runs);
            let remark = match calls == places * runs {
                true => ", none to warm up",
                false => "",
            };
            let warm_up = match places {
                1 => "1 to warm the pool up".to_owned(),
                _ => format!("{places} to warm the {places} pools up"),
            };
            Mismatch::unless(
                calls == places * (runs + 1),
                format!("{calls} calls on {count} threads{remark}"),
                format!(
                    "{}: {warm_up}, {} to be timed",
                    places * (runs + 1),
                    places * runs
                ),
            )
        })
    }

    /// After the warm-up, work is called in pools of the counts in their order, again and again in the same ones.
    pub fn goes_in_rounds(&self) -> Result<(), Mismatch> {
        let counts = &self.counts;
        let timed: Vec<usize> = self
            .timed_calls()
            .iter()
            .map(|(_, size, _)| *size)
            .collect();
        let mut rounds = timed.chunks(counts.len().max(1));
        Mismatch::unless(
            rounds.all(|round| round == *counts),
            format!("after the warm-up on {timed:?} threads"),
            format!("{counts:?} again and again: a busy moment then strikes all counts alike"),
        )?;
        let pools: Vec<usize> = self.timed_calls().iter().map(|(pool, ..)| *pool).collect();
        let first = pools.get(..counts.len()).unwrap_or(&[]);
        let mut rounds = pools.chunks(counts.len().max(1));
        Mismatch::unless(
            rounds.all(|round| round == first),
            format!("after the warm-up in the pools {pools:?}"),
            format!("{first:?} in every round: each step keeps its pool"),
        )
    }

    /// The times of a step are those of its calls, without the first.
    pub fn has_the_times_of_the_calls(&self) -> Result<(), Mismatch> {
        let warm_up = self.calls.get(..self.counts.len()).unwrap_or(&[]);
        let in_rounds = self.counts.len().max(1);
        self.steps
            .iter()
            .enumerate()
            .try_for_each(|(place, (count, times))| {
                let own = self.timed_calls().iter().skip(place).step_by(in_rounds);
                let timed: Vec<Duration> = own.map(|(.., took)| *took).collect();
                let first = warm_up.get(place).map(|(.., took)| took);
                let remark = match times.first() == first {
                    true => ", the first from the warm-up",
                    false => "",
                };
                Mismatch::unless(
                    *times == timed,
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

    /// How many times a count stands among the counts.
    fn places_of(&self, count: usize) -> usize {
        self.counts.iter().filter(|&&other| other == count).count()
    }

    /// The calls after the warm-up.
    fn timed_calls(&self) -> &[Call] {
        self.calls.get(self.counts.len()..).unwrap_or(&[])
    }

    /// The size of the pool of every call, in order.
    fn sizes(&self) -> Vec<usize> {
        self.calls.iter().map(|(_, size, _)| *size).collect()
    }
}

/// Up to a quarter of an hour, to the nanosecond, or no time at all, or thousands of years.
fn draw_time(random: &mut Rng) -> Duration {
    match random.u8(..8) {
        0 => Duration::ZERO,
        1 => Duration::new(random.u64(1 << 35..1 << 40), random.u32(..1_000_000_000)),
        _ => Duration::from_nanos(random.u64(1..1_000_000_000_000)),
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
