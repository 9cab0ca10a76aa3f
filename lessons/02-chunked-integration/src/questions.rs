//! What is asked of a submission that is graded: cases that nobody has seen, drawn anew for each.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::ops::Range;

use fastrand::Rng;
use testkit::{
    Examination, KnownPool, Mismatch, Probe, Question, RandomIntegrand, Samples, busy_calls,
    busy_work, pool_of_two,
};

use crate::split::Split;

/// The functions under test take any integrand; here it is always of this type.
pub type Integrand<'a> = &'a (dyn Fn(f64) -> f64 + Sync);

/// The questions to three functions.
pub fn declared(
    chunk_ranges: fn(usize, NonZeroUsize) -> Vec<Range<usize>>,
    integrate_range: fn(Integrand, f64, f64, Range<usize>) -> f64,
    integrate: fn(Integrand, Samples, NonZeroUsize) -> f64,
) -> Examination {
    let in_a_pool = move |f: Integrand, samples, chunks| {
        pool_of_two().install(|| integrate(f, samples, chunks))
    };
    Examination::of([
        Question::new(
            "any number of samples is split into balanced ranges that cover each once",
            split,
            move |&(n, chunks)| chunk_ranges(n, chunks),
            |&(n, chunks), ranges| {
                let ranges = ranges.clone();
                Split { n, chunks, ranges }.is_right()
            },
        ),
        Question::new(
            "the area of a range is that of its own samples",
            |random| {
                let weighed = RandomIntegrand::draw(random, MOST_SAMPLES);
                let n = weighed.samples.n.max(1);
                let start = random.usize(..=n);
                (weighed.of(n), start..random.usize(start..=n))
            },
            move |(weighed, range)| {
                let Samples { a, .. } = weighed.samples;
                integrate_range(&|x| weighed.f(x), a, weighed.samples.step(), range.clone())
            },
            |(weighed, range), area| weighed.has_area(range.clone(), *area),
        ),
        Question::new(
            "the integral takes every sample once, in any number of chunks",
            |random| match random.bool() {
                true => (RandomIntegrand::draw(random, MOST_SAMPLES), chunks(random)),
                // The same numbers again and again, with another integrand: whoever remembers an area is wrong.
                false => (RandomIntegrand::draw(random, 0).of(1000), nonzero(8)),
            },
            move |(weighed, chunks)| in_a_pool(&|x| weighed.f(x), weighed.samples, *chunks),
            |(weighed, _), area| weighed.has_area(0..weighed.samples.n, *area),
        ),
        Question::new(
            "a chunk is a run of neighbours, all done by one thread",
            |random| (RandomIntegrand::draw(random, 0), random.usize(1..4)),
            move |&(weighed, chunks)| {
                let samples = weighed.of(chunks * LENGTH).samples;
                let threads = KnownPool::new(nonzero(chunks + 1));
                let threads = threads.expect("the system starts a few threads");
                let probe = Probe::new();
                let f = |x| probe.call(samples.index_of(x).ok(), || busy_work(1.0));
                threads.install(|| integrate(&f, samples, nonzero(chunks)));
                let log = probe.log();
                let calls = log.numbered().into_iter();
                calls
                    .map(|(&sample, thread)| (sample, thread))
                    .collect::<Vec<_>>()
            },
            |&(_, chunks), calls| stays_together(chunks, calls),
        ),
        Question::in_company(
            "chunks are worked on at the same time",
            |random| {
                let weighed = RandomIntegrand::draw(random, 0).of(busy_calls(random));
                (weighed, nonzero(8 * random.usize(1..4)))
            },
            |(weighed, _)| weighed.samples.n,
            move |(weighed, chunks), company| {
                let f = |x| company.call(|| busy_work(weighed.f(x)));
                in_a_pool(&f, weighed.samples, *chunks)
            },
            |(weighed, _), area| weighed.has_area(0..weighed.samples.n, *area),
        ),
    ])
}

/// Enough that an x which is not computed from its index drifts away.
const MOST_SAMPLES: usize = 20_000;

/// Of a chunk: a few milliseconds of heavy work, in which a thread without work finds some.
const LENGTH: usize = 6;

/// From none to more than can be counted, small ones as often as large ones.
fn split(random: &mut Rng) -> (usize, NonZeroUsize) {
    let n = random.usize(..) >> random.u32(..usize::BITS);
    // Few enough samples or chunks that their ranges can be carried over.
    match random.u8(..4) {
        0 => (random.usize(..50), any(random)),
        1 => (0, any(random)),
        _ => (n, chunks(random)),
    }
}

fn chunks(random: &mut Rng) -> NonZeroUsize {
    nonzero(random.usize(1..=200))
}

fn any(random: &mut Rng) -> NonZeroUsize {
    nonzero((random.usize(..) >> random.u32(..usize::BITS)).max(1))
}

fn nonzero(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).expect("no case has zero chunks")
}

/// Every sample of every chunk was visited, by one thread a chunk.
fn stays_together(chunks: usize, calls: &[(Option<usize>, usize)]) -> Result<(), Mismatch> {
    for range in (0..chunks).map(|chunk| chunk * LENGTH..(chunk + 1) * LENGTH) {
        let own = |sample: Option<usize>| sample.is_some_and(|sample| range.contains(&sample));
        let own = calls.iter().filter(|(sample, _)| own(*sample));
        let threads: HashSet<usize> = own.map(|(_, thread)| *thread).collect();
        Mismatch::unless(
            threads.len() == 1,
            format!(
                "n = {}, chunks = {chunks}, {} threads: samples {range:?} on {} threads",
                chunks * LENGTH,
                chunks + 1,
                threads.len()
            ),
            "on one",
        )?;
    }
    Ok(())
}

/// The questions to the functions of a crate: `questions!(chunked_integration)`.
#[macro_export]
macro_rules! questions {
    ($subject:ident) => {
        $crate::questions::declared(
            $subject::chunk_ranges,
            |f, a, dx, range| $subject::integrate_range(&f, a, dx, range),
            |f, samples, chunks| $subject::integrate(f, samples.a, samples.b, samples.n, chunks),
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_on_two_threads_or_on_none_does_not_stay_together() {
        let by = |thread_of: fn(usize) -> usize| -> Vec<_> {
            let samples = 0..2 * LENGTH;
            samples
                .map(|sample| (Some(sample), thread_of(sample)))
                .collect()
        };
        assert_eq!(stays_together(2, &by(|sample| sample / LENGTH)), Ok(()));
        assert_eq!(stays_together(2, &by(|_| 0)), Ok(()));
        assert!(stays_together(2, &by(|sample| sample % 2)).is_err());
        assert!(stays_together(2, &by(|sample| sample / LENGTH)[..LENGTH]).is_err());
    }
}
