//! The contract of lesson 02: on which cases, what is called, what must hold.

mod workloads;

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::sync::Mutex;

use approx::relative_eq;
use chunked_integration::{chunk_ranges, integrate, integrate_range};
use fastrand::Rng;
use lesson::split::Split;
use testkit::{
    AllocationMeter, Cases, KnownPool, Mismatch, Probe, RandomIntegrand, Rendezvous, Samples,
    busy_calls, busy_work, cases, claim, claim_overlap, exclusive, global_pool_was_untouched,
    pool_of_two, random_cases,
};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

/// A number of samples and a number of chunks.
type Sizes = (usize, usize);

mod correct {
    use super::*;

    /// At least one sample a chunk.
    const ORDINARY: [Sizes; 5] = [(10, 3), (10, 6), (1, 1), (7, 7), (640, 9)];

    #[test]
    fn ranges_cover_every_sample_once() {
        claim_of_ranges(cases(ORDINARY).and_random(ordinary), Split::covers);
    }

    #[test]
    fn ranges_stand_in_order() {
        claim_of_ranges(cases(ORDINARY).and_random(ordinary), Split::is_in_order);
    }

    #[test]
    fn lengths_differ_by_at_most_one() {
        claim_of_ranges(cases(ORDINARY).and_random(ordinary), Split::is_balanced);
    }

    #[test]
    fn there_is_one_range_a_chunk() {
        claim_of_ranges(
            cases(ORDINARY).and_random(ordinary),
            Split::has_a_range_a_chunk,
        );
    }

    #[test]
    fn no_samples_make_no_range() {
        let none = cases([(0, 1), (0, 2), (0, 1000)]);
        claim_of_ranges(
            none.and_random(|random| (0, random.usize(1..1000))),
            Split::has_a_range_a_chunk,
        );
    }

    /// From few chunks to many: a split that makes empty ranges fails before it makes them by the billion.
    #[test]
    fn with_more_chunks_than_samples_each_sample_is_a_range() {
        let more = cases([5, 1000, 1_000_000, usize::MAX].map(|chunks| (3, chunks)));
        claim_of_ranges(
            more.and_random(|random| (random.usize(..50), any(random))),
            Split::is_right,
        );
    }

    #[test]
    fn a_huge_n_overflows_nothing() {
        let huge = [usize::MAX, usize::MAX - 1, usize::MAX / 2 + 1];
        let huge = huge
            .iter()
            .flat_map(|&n| [1, 2, 3, 7, 1000].map(|chunks| (n, chunks)));
        let drawn = |random: &mut Rng| (any(random), random.usize(1..200));
        claim_of_ranges(cases(huge).and_random(drawn).times(200), Split::is_right);
    }

    /// All values are exact in binary, so the samples are compared exactly.
    #[test]
    fn a_range_takes_its_own_samples() {
        claim(
            cases([(1.0, 0.5, 3..7)]).and_random(|random| {
                let start = random.usize(..1000);
                (
                    f64::from(random.i32(-9..9)),
                    0.25,
                    start..start + random.usize(..100),
                )
            }),
            |(a, dx, range)| {
                let xs = record(|f| integrate_range(&f, *a, *dx, range.clone()));
                xs.into_iter()
                    .map(|x| (x, (x - a) / dx))
                    .collect::<Vec<_>>()
            },
            |(a, dx, range), calls| {
                let samples: Vec<f64> = calls.iter().map(|&(_, sample)| sample).collect();
                let expected: Vec<f64> = range.clone().map(|i| i as f64).collect();
                let xs: Vec<f64> = calls.iter().map(|&(x, _)| x).collect();
                Mismatch::unless(
                    samples == expected,
                    format!(
                        "a = {a}, dx = {dx}, range {range:?}: f at {xs:?}, the samples {samples:?}"
                    ),
                    format!("the samples {expected:?}, at a + i · dx: a is where the whole begins"),
                )
            },
        );
    }

    #[test]
    fn x_comes_from_the_index() {
        claim(
            cases([500_000])
                .and_random(|random| random.usize(..980_000))
                .times(2),
            |&start| {
                let samples = samples(1.0, 1_000_000);
                let range = start..start + 20_000;
                record(|f| integrate_range(&f, samples.a, samples.step(), range))
            },
            |start, xs| {
                let samples = samples(1.0, 1_000_000);
                let off = xs.iter().find_map(|&x| samples.index_of(x).err());
                Mismatch::unless(
                    off.is_none(),
                    format!(
                        "a = 0, dx = 1e-6, 20,000 samples from {start} on: {}",
                        off.map_or_else(String::new, |off| off.to_string())
                    ),
                    "x = a + i · dx, from the index i: adding dx again and again adds up its rounding",
                )
            },
        );
    }

    #[test]
    fn the_area_is_the_sum_times_dx() {
        claim(
            cases([(3.0, 0.25, 2..6)])
                .label(|(height, dx, range)| format!("f = {height}, dx = {dx}, range {range:?}")),
            |(height, dx, range)| integrate_range(&|_| *height, 1.0, *dx, range.clone()),
            |(_, dx, _), &area| expect_area(area, 3.0, *dx, 1e-15),
        );
    }

    #[test]
    fn a_range_adds_the_values_of_its_samples() {
        claim(
            random_cases(|random| {
                let f = RandomIntegrand::draw(random, MOST_SAMPLES);
                let n = f.samples.n.max(1);
                let start = random.usize(..=n);
                (f.of(n), start..random.usize(start..=n))
            }),
            |(f, range)| integrate_range(&|x| f.f(x), f.samples.a, f.samples.step(), range.clone()),
            |(f, range), area| f.has_area(range.clone(), *area),
        );
    }

    #[test]
    fn an_empty_range_has_no_area() {
        claim(
            cases([4, 0]).and_random(|random| random.usize(..1000)),
            |&start| integrate_range(&lesson::f, 1.0, 0.5, start..start),
            |start, &area| {
                Mismatch::unless(
                    area == 0.0,
                    format!("range {start}..{start}: the area is {area}"),
                    "0",
                )
            },
        );
    }

    #[test]
    fn the_whole_evaluates_every_sample_once() {
        claim(
            cases(ORDINARY)
                .and_random(|random| (random.usize(1..2000), random.usize(1..100)))
                .label(sizes),
            |&(n, chunks)| {
                let Samples { a, b, n } = samples(2.0, n);
                record(|f| integrate(f, a, b, n, nonzero(chunks)))
            },
            |&(n, _), xs| {
                let missed = samples(2.0, n).check(xs.iter().copied());
                let seen = missed.clone().err().unwrap_or_default();
                Mismatch::unless(missed.is_ok(), seen, "every sample a + i · dx once")
            },
        );
    }

    #[test]
    fn nothing_is_added_but_the_samples() {
        claim(
            cases(ORDINARY).label(|at| format!("f = 0, {}", sizes(at))),
            |&(n, chunks)| integrate(|_| 0.0, 0.0, 2.0, n, nonzero(chunks)),
            |_, &area| {
                let seen = format!("the area is {area}");
                Mismatch::unless(area == 0.0, seen, "0: a sum begins with 0, in every task")
            },
        );
    }

    /// The left rule misses the integral of x² − x from 0 to 2, which is 2/3, by exactly −2/n + 4/(3n²): the terms of
    /// the Euler–Maclaurin formula are −dx/2 · (f(2) − f(0)) and dx²/12 · (f′(2) − f′(0)), and a parabola has no third.
    /// Relative to 2/3 that is at most 3/n.
    #[test]
    fn the_area_meets_the_closed_form() {
        claim(
            cases([100, 1000, 100_000])
                .label(|&n| format!("x² − x from 0 to 2, {}", sizes(&(n, 7)))),
            |&n| integrate(lesson::f, 0.0, 2.0, n, nonzero(7)),
            |&n, &area| expect_area(area, 2.0 / 3.0, 2.0 / n as f64, 3.0 / n as f64),
        );
    }

    #[test]
    fn every_number_of_chunks_gives_the_serial_area() {
        let all = (1..=20).chain([99, 100, 101, 1000]);
        claim_serial_area(cases(all.map(|chunks| (1.0, 3.0, (100, chunks)))));
    }

    #[test]
    fn b_may_lie_below_a() {
        claim_serial_area(cases([(3.0, 1.0, (1000, 7))]));
    }

    #[test]
    fn no_samples_have_no_area() {
        claim(
            cases([(0.0, 2.0), (1.0, 1.0)]),
            |&(a, b)| integrate(lesson::f, a, b, 0, nonzero(4)),
            |(a, b), &area| {
                let seen = format!("from {a} to {b}, {}: the area is {area}", sizes(&(0, 4)));
                Mismatch::unless(
                    area == 0.0,
                    seen,
                    "0: no sample is taken, whatever (b − a) / 0 may be",
                )
            },
        );
    }

    /// Half of the cases have the same numbers and another integrand: an area that is remembered is wrong.
    #[test]
    fn any_integrand_is_integrated() {
        claim(
            random_cases(|random| match random.bool() {
                true => (
                    RandomIntegrand::draw(random, MOST_SAMPLES),
                    random.usize(1..=200),
                ),
                false => (RandomIntegrand::draw(random, 0).of(1000), 8),
            }),
            |(f, chunks)| integrate_random(f, *chunks, |x| f.f(x)),
            |(f, _), area| f.has_area(0..f.samples.n, *area),
        );
    }

    /// From 1 upwards no sample is negative, so either sum is off by half an epsilon an addition at most. The 16 are for
    /// honest ways to compute x that round otherwise.
    #[track_caller]
    fn claim_serial_area(cases: Cases<(f64, f64, Sizes)>) {
        claim(
            cases.label(|(a, b, at)| format!("x² − x from {a} to {b}, {}", sizes(at))),
            |&(a, b, (n, chunks))| integrate(lesson::f, a, b, n, nonzero(chunks)),
            |&(a, b, (n, _)), &area| {
                let serial = lesson::integrate_loop(lesson::f, a, b, n);
                expect_area(
                    area,
                    serial,
                    (b - a) / n as f64,
                    (n + 16) as f64 * f64::EPSILON,
                )
            },
        );
    }

    #[track_caller]
    fn claim_of_ranges(cases: Cases<Sizes>, holds: fn(&Split) -> Result<(), Mismatch>) {
        claim(
            cases,
            |&(n, chunks)| chunk_ranges(n, nonzero(chunks)),
            |&(n, chunks), ranges| {
                let (chunks, ranges) = (nonzero(chunks), ranges.clone());
                holds(&Split { n, chunks, ranges })
            },
        );
    }

    fn ordinary(random: &mut Rng) -> Sizes {
        let chunks = random.usize(1..100);
        (chunks + random.usize(..1000), chunks)
    }

    /// Small numbers as often as large ones, and none is 0.
    fn any(random: &mut Rng) -> usize {
        (random.usize(..) >> random.u32(..usize::BITS)).max(1)
    }
}

mod concurrent {
    use super::*;

    #[test]
    fn one_chunk_is_one_task() {
        claim(
            random_cases(|random| random.usize(32..128)).times(1),
            |&n| {
                let two = Rendezvous::forbid(2);
                meet_inside(n, 1, &pool_of_two(), two)
            },
            |&n, &met| {
                Mismatch::unless(
                    !met,
                    format!("{}: two threads inside f at once", sizes(&(n, 1))),
                    "one chunk, one task: `chunks` says how many, not the samples and not the threads",
                )
            },
        );
    }

    /// Chunks of one length, and an even number of them: with a share that is larger, a thread would be alone in the end.
    #[test]
    fn chunks_overlap() {
        let drawn = |random: &mut Rng| {
            (
                RandomIntegrand::draw(random, 0).of(busy_calls(random)),
                [2, 4, 8][random.usize(..3)],
            )
        };
        let integrand = |n| RandomIntegrand {
            samples: samples(1.0, n),
            seed: 1,
        };
        claim_overlap(
            cases([(integrand(64), 2), (integrand(64), 8)])
                .and_random(drawn)
                .times(1)
                .label(|(f, chunks)| sizes(&(f.samples.n, *chunks))),
            |(f, _)| f.samples.n,
            |(f, chunks), gate| integrate_random(f, *chunks, |x| gate.call(|| f.f(x))),
            |(f, _), area| f.has_area(0..f.samples.n, *area),
        );
    }

    #[test]
    fn two_chunks_are_two_tasks() {
        claim(
            random_cases(|random| 2 * random.usize(16..64)).times(1),
            |&n| {
                let three = Rendezvous::forbid(3);
                meet_inside(n, 2, &KnownPool::of(4), three)
            },
            |&n, &met| {
                let seen = format!("{}: three threads inside f at once", sizes(&(n, 2)));
                Mismatch::unless(!met, seen, "no more tasks than chunks")
            },
        );
    }

    /// The pool has a thread more than there are chunks: it would take a part of one, if a part could be had.
    #[test]
    fn a_chunk_stays_on_one_thread() {
        const LENGTH: usize = 6;
        claim(
            cases([2]).and_random(|random| random.usize(2..4)).times(2),
            |&chunks| {
                let samples = samples(1.0, chunks * LENGTH);
                let probe = Probe::with_rendezvous(Rendezvous::forbid(2));
                let f = |x| probe.call(samples.index_of(x).ok(), || busy_work(1.0));
                let pool = KnownPool::of(chunks + 1);
                pool.install(|| integrate(f, samples.a, samples.b, samples.n, nonzero(chunks)));
                let log = probe.log();
                let calls = log.items_and_threads().into_iter();
                calls
                    .filter_map(|(sample, thread)| Some(((*sample)?, thread)))
                    .collect::<Vec<_>>()
            },
            |&chunks, calls| {
                for range in (0..chunks).map(|chunk| chunk * LENGTH..(chunk + 1) * LENGTH) {
                    let own = calls.iter().filter(|(sample, _)| range.contains(sample));
                    let threads = own.map(|(_, thread)| *thread).collect::<HashSet<_>>().len();
                    let case = sizes(&(chunks * LENGTH, chunks));
                    Mismatch::unless(
                        threads == 1,
                        format!("{case}: samples {range:?} on {threads} threads"),
                        "a chunk is a run of neighbours, all on one thread",
                    )?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn no_other_pool_is_used() {
        exclusive(|| {
            claim(
                cases([8]).and_random(|random| random.usize(1..20)).times(1),
                |&chunks| {
                    pool_of_two().install(|| integrate(lesson::f, 0.0, 2.0, 100, nonzero(chunks)));
                    global_pool_was_untouched()
                },
                |chunks, &untouched| {
                    let seen = format!(
                        "chunks = {chunks}, called in a pool of two: the global pool was started"
                    );
                    Mismatch::unless(
                        untouched,
                        seen,
                        "all work in the pool in which `integrate` is called",
                    )
                },
            );
        });
    }

    /// Whether the parties of the rendezvous met inside f.
    fn meet_inside(n: usize, chunks: usize, pool: &KnownPool, rendezvous: Rendezvous) -> bool {
        let f = |x| {
            rendezvous.arrive();
            lesson::f(x)
        };
        pool.install(|| integrate(f, 0.0, 1.0, n, nonzero(chunks)));
        rendezvous.met()
    }
}

mod speed {
    use super::workloads;

    #[test]
    #[ignore = "needs the machine to itself: `cargo xtask check 02` runs it"]
    fn chunks_beat_the_serial_loop() {
        testkit::paired::report(&workloads::all());
    }
}

/// Enough that an x which is not computed from its index drifts away.
const MOST_SAMPLES: usize = 20_000;

fn nonzero(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).expect("no case has zero chunks or threads")
}

/// Every x at which f is called, from the smallest to the largest.
fn record(integral: impl FnOnce(&(dyn Fn(f64) -> f64 + Sync)) -> f64) -> Vec<f64> {
    let xs = Mutex::new(Vec::new());
    integral(&|x| {
        xs.lock().unwrap().push(x);
        lesson::f(x)
    });
    let mut xs = xs.into_inner().unwrap();
    xs.sort_by(f64::total_cmp);
    xs
}

fn integrate_random(
    at: &RandomIntegrand,
    chunks: usize,
    f: impl Fn(f64) -> f64 + Send + Sync,
) -> f64 {
    let Samples { a, b, n } = at.samples;
    pool_of_two().install(|| integrate(f, a, b, n, nonzero(chunks)))
}

fn sizes((n, chunks): &Sizes) -> String {
    format!("n = {n}, chunks = {chunks}")
}

fn samples(b: f64, n: usize) -> Samples {
    Samples { a: 0.0, b, n }
}

/// Names a factor `dx` too many or too few.
fn expect_area(area: f64, expected: f64, dx: f64, tolerance: f64) -> Result<(), Mismatch> {
    let is = |value: f64| relative_eq!(area, value, max_relative = tolerance);
    let remark = match () {
        () if is(expected * dx) => ", as if dx were multiplied in twice",
        () if is(expected / dx) => ", as if dx were not multiplied in",
        () => "",
    };
    Mismatch::unless(
        is(expected),
        format!("the area is {area}{remark}"),
        format!("{expected}, to a relative {tolerance:.0e}"),
    )
}
