//! What is asked of `sweep`.

use std::sync::Mutex;
use std::time::Duration;

use fastrand::Rng;
use testkit::{Mismatch, Question};

use super::pool::{locked, pool_here};
use super::{Subject, nonzero};

pub(super) fn question(Subject { sweep, .. }: Subject) -> Question {
    Question::new(
        "a sweep warms up one pool a count, then times each call of work by its clock, in rounds",
        Case::drawn,
        move |case| {
            let (pools, calls) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
            let (random, now) = (Mutex::new(Rng::with_seed(case.seed)), Mutex::new(0));
            let work = || {
                let pool = pool_here();
                let size = pool.len();
                let mut pools = locked(&pools);
                let number = pools.iter().position(|known| *known == pool);
                let number = number.unwrap_or_else(|| {
                    pools.push(pool);
                    pools.len() - 1
                });
                // Of no two calls the same, as far as one can foresee.
                let took = locked(&random).u64(1..1 << 40);
                *locked(&now) += took;
                locked(&calls).push((number, size, took));
            };
            let clock = || Duration::from_nanos(*locked(&now));
            let counts: Vec<_> = case.counts.iter().map(|&count| nonzero(count)).collect();
            let steps = sweep(&counts, nonzero(case.runs), &clock, &work).ok();
            let steps = steps.map(|steps| {
                let nanoseconds = |time: &Duration| time.as_nanos() as u64;
                let told = steps.iter().map(|step| {
                    let times = step.times.iter().map(nanoseconds);
                    (step.threads.get(), times.collect::<Vec<_>>())
                });
                told.collect::<Vec<_>>()
            });
            (steps, locked(&calls).clone())
        },
        |case, (steps, calls)| case.is_right(steps.as_deref(), calls),
    )
}

/// A pool's number, how many threads it has (0: it was no pool), and what the call took in nanoseconds.
type Call = (usize, usize, u64);

/// The counts are different ones.
#[derive(Debug)]
struct Case {
    counts: Vec<usize>,
    runs: usize,
    seed: u64,
}

impl Case {
    fn drawn(random: &mut Rng) -> Self {
        let mut counts = vec![1, 2, 3, 4];
        random.shuffle(&mut counts);
        counts.truncate(random.usize(..=4));
        Self {
            counts,
            runs: random.usize(1..5),
            seed: random.u64(..),
        }
    }

    fn is_right(
        &self,
        steps: Option<&[(usize, Vec<u64>)]>,
        calls: &[Call],
    ) -> Result<(), Mismatch> {
        let Self { counts, runs, .. } = self;
        let case = format!("counts = {counts:?}, runs = {runs}");
        let sizes: Vec<usize> = calls.iter().map(|(_, size, _)| *size).collect();
        let (warm_up, timed) = calls.split_at(counts.len().min(calls.len()));
        let in_order = |calls: &[Call]| {
            calls
                .iter()
                .map(|(_, size, _)| *size)
                .eq(counts.iter().copied())
        };
        let mut warmed_up: Vec<usize> = warm_up.iter().map(|(_, size, _)| *size).collect();
        let mut expected = counts.clone();
        warmed_up.sort_unstable();
        expected.sort_unstable();
        let rounds = timed.chunks(counts.len().max(1));
        Mismatch::unless(
            warmed_up == expected && rounds.len() == self.rounds() && rounds.clone().all(in_order),
            format!("{case}: work is called on {sizes:?} threads (0: in no pool)"),
            format!("once on each of {counts:?}, then {runs} times on {counts:?} in this order"),
        )?;
        let pool_of = |count| {
            warm_up
                .iter()
                .find(|(_, size, _)| *size == count)
                .map(|(pool, ..)| *pool)
        };
        Mismatch::unless(
            timed
                .iter()
                .all(|(pool, size, _)| pool_of(*size) == Some(*pool)),
            format!("{case}: work is called in more than one pool of a size"),
            "one pool a count, kept to the end",
        )?;
        let times_of = |count| {
            timed
                .iter()
                .filter(move |(_, size, _)| *size == count)
                .map(|(.., took)| *took)
        };
        let expected: Vec<(usize, Vec<u64>)> = counts
            .iter()
            .map(|&count| (count, times_of(count).collect()))
            .collect();
        Mismatch::unless(
            steps == Some(&expected[..]),
            format!("{case}: (threads, times) {steps:?}"),
            format!("{expected:?}"),
        )
    }

    fn rounds(&self) -> usize {
        if self.counts.is_empty() { 0 } else { self.runs }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALLS: [Call; 6] = [
        (0, 2, 1),
        (1, 1, 2),
        (0, 2, 3),
        (1, 1, 4),
        (0, 2, 5),
        (1, 1, 6),
    ];

    fn faulty(times_of_1: [u64; 2], calls: &[Call]) -> bool {
        let case = Case {
            counts: vec![2, 1],
            runs: 2,
            seed: 0,
        };
        let steps = [(2, vec![3, 5]), (1, times_of_1.to_vec())];
        case.is_right(Some(&steps), calls).is_err()
    }

    #[test]
    fn warm_up_rounds_and_times_make_a_sweep() {
        assert!(!faulty([4, 6], &CALLS));
        assert!(faulty([2, 4], &CALLS), "the first is from the warm-up");
        assert!(faulty([4, 6], &CALLS[..4]), "a round is missing");
        let mut no_round = CALLS;
        no_round.swap(2, 3);
        assert!(faulty([4, 6], &no_round));
        let mut another_pool = CALLS;
        another_pool[5].0 = 2;
        assert!(faulty([4, 6], &another_pool));
    }

    #[test]
    fn the_warm_up_has_no_order() {
        let mut calls = CALLS;
        calls.swap(0, 1);
        assert!(!faulty([4, 6], &calls));
    }
}
