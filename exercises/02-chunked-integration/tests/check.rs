//! The contract of lesson 02: on which cases, what is called, what must hold.

mod workloads;

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use approx::relative_eq;
use chunked_integration::{chunk_ranges, integrate, integrate_range};
use fastrand::Rng;
use lesson::split::Split;
#[cfg(target_pointer_width = "64")]
use testkit::claim_far_end;
use testkit::{
    AllocationMeter, Cases, KnownPool, Lockstep, Mismatch, ParallelFn, RandomIntegrand, Rendezvous,
    Samples, Shape, cases, claim, claim_any_bounds, claim_overlap, exclusive,
    global_pool_was_untouched, pool_of_two, random_cases,
};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

/// A number of samples and a number of chunks.
type Sizes = (usize, usize);

mod correct {
    use super::*;

    /// At least one sample a chunk.
    const ORDINARY: [Sizes; 6] = [(10, 3), (10, 6), (10, 4), (1, 1), (7, 7), (640, 9)];

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
        let more = [5, 1000, 1_000_000, usize::MAX];
        let more = more.into_iter().chain([1 << (usize::BITS / 2)]);
        let more = cases(more.map(|chunks| (3, chunks)));
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
            cases([3..7, FAR..FAR + 3].map(|range| (1.0, 0.5, range))).and_random(|random| {
                let start = random.usize(..1000) << random.u32(..30);
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

    /// Whatever dx is and f returns. f panics at its tenth call, so that a loop that does not end does.
    #[test]
    fn a_range_calls_f_for_each_index() {
        const LAST: Range<usize> = usize::MAX - 3..usize::MAX;
        claim(
            cases([
                (1.0, LAST),
                (0.0, 3..6),
                (f64::INFINITY, 0..3),
                (f64::NAN, 2..5),
            ])
            .label(|(dx, range)| format!("dx = {dx}, range {range:?}")),
            |(dx, range)| {
                let calls = Cell::new(0);
                let f = |_| {
                    calls.set(calls.get() + 1);
                    if calls.get() == 10 {
                        panic::resume_unwind(Box::new("tenth"));
                    }
                    f64::NAN
                };
                let area = || integrate_range(&f, 0.0, *dx, range.clone());
                let is_nan = panic::catch_unwind(AssertUnwindSafe(area)).is_ok_and(f64::is_nan);
                (calls.get(), is_nan)
            },
            |(_, range), &(calls, is_nan)| {
                let seen = format!("f, which is NaN, is called {calls} times");
                Mismatch::unless(calls == range.len(), seen, range.len())?;
                Mismatch::unless(is_nan, "f is NaN, and the area is not", "NaN")
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
            cases([4..4, 0..0, Range { start: 5, end: 3 }]).and_random(|random| {
                let start = random.usize(..1000);
                start..start.saturating_sub(random.usize(..3))
            }),
            |range| integrate_range(&lesson::f, 1.0, 0.5, range.clone()),
            |range, &area| {
                let seen = format!("range {range:?}: the area is {area}");
                Mismatch::unless(area == 0.0, seen, "0")
            },
        );
    }

    #[cfg(target_pointer_width = "64")]
    #[test]
    fn the_whole_takes_more_samples_than_32_bits_count() {
        claim_far_end(|f, Samples { a, b, n }| _ = integrate(f, a, b, n, nonzero(2)));
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

    #[test]
    fn the_whole_calls_f_whatever_the_bounds_are() {
        claim_any_bounds(|f, Samples { a, b, n }| integrate(f, a, b, n, nonzero(2)));
    }

    #[test]
    fn many_ranges_are_all_made() {
        claim_of_ranges(cases([(200_000, 70_001)]), Split::is_right);
    }

    #[test]
    fn more_chunks_than_samples_are_no_accident() {
        claim_serial_area(cases([(1.0, 3.0, (10, 11)), (1.0, 3.0, (10, 1_000_000))]));
    }

    #[test]
    fn the_whole_holds_wherever_it_is_called() {
        integral().claim_calls();
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

    #[test]
    fn two_chunks_overlap() {
        claim_overlap(
            cases([RandomIntegrand {
                samples: samples(1.0, 64),
                seed: 1,
            }])
            .and_random(|random| RandomIntegrand::draw(random, 0).of(2 * random.usize(20..60)))
            .times(1)
            .label(|f| sizes(&(f.samples.n, 2))),
            |f| f.samples.n,
            |f, lockstep| integrate_random(f, 2, |x| lockstep.call(|| f.f(x))),
            |f, area| f.has_area(0..f.samples.n, *area),
        );
    }

    #[test]
    fn chunks_overlap_on_all_threads_of_the_pool() {
        integral().claim_sharing();
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

    /// Where chunks are cut elsewhere, or once more, the two sides of a cut are often done by two threads.
    #[test]
    fn a_chunk_is_done_from_end_to_end_by_one_thread() {
        claim(
            cases([(6, 1), (12, 2), (1000, 61), (600_000, 3)])
                .and_random(|random| (random.usize(500..2000), 2 * random.usize(5..40) + 1))
                .times(4)
                .label(sizes),
            |&(n, chunks)| {
                let samples = samples(1.0, n);
                let lockstep = Lockstep::new(2, n.div_ceil(chunks).div_ceil(4), n);
                let (threads, next) = (
                    Vec::from_iter((0..n).map(|_| AtomicU8::new(0))),
                    AtomicU8::new(1),
                );
                thread_local!(static NUMBER: Cell<u8> = const { Cell::new(0) });
                let f = |x| {
                    lockstep.call(|| {
                        if NUMBER.get() == 0 {
                            NUMBER.set(next.fetch_add(1, Relaxed));
                        }
                        if let Some(thread) = samples.index_of(x).ok().and_then(|i| threads.get(i))
                        {
                            thread.store(NUMBER.get(), Relaxed);
                        }
                        lesson::f(x)
                    })
                };
                let whole = || integrate(f, samples.a, samples.b, n, nonzero(chunks));
                KnownPool::of(4).install(whole);
                let cuts = |range: &Range<usize>| {
                    let threads = &threads[range.clone()];
                    threads
                        .windows(2)
                        .any(|pair| pair[0].load(Relaxed) != pair[1].load(Relaxed))
                };
                let ranges = chunk_ranges(n, nonzero(chunks));
                ranges
                    .into_iter()
                    .filter(|range| !range.is_empty() && range.end <= n)
                    .find(cuts)
            },
            |_, cut| {
                let range = cut.clone().unwrap_or_default();
                Mismatch::unless(
                    cut.is_none(),
                    format!("the samples of the range {range:?} are done by more than one thread"),
                    "each range of `chunk_ranges` from end to end by one thread",
                )
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

/// The length of a chunk whose work is shared out.
const LENGTH: usize = 16;

/// Where they can, the chunks have one length, and each thread does as many.
fn integral() -> ParallelFn<(RandomIntegrand, usize), f64> {
    ParallelFn::new(
        ["f", "sample"],
        |Shape { calls, threads }, random| {
            let chunks = match calls % (8 * threads) {
                0 if calls > 0 => 8 * threads,
                _ => random.usize(1..=2 * threads),
            };
            (RandomIntegrand::draw(random, 0).of(calls), chunks)
        },
        |(f, _)| f.samples.n,
        |(f, chunks), kernel| {
            let Samples { a, b, n } = f.samples;
            let f = |x| {
                let number = f.number_of(x);
                kernel.call(number, || f.height(number))
            };
            integrate(f, a, b, n, nonzero(*chunks))
        },
        |(f, _), &area| f.has_area(0..f.samples.n, area),
    )
    .label(|(f, chunks)| sizes(&(f.samples.n, *chunks)))
    .grain(LENGTH)
    .on_any_number_of_threads()
}

mod speed {
    use super::workloads;

    #[test]
    #[ignore = "needs the machine to itself: `cargo xtask check 02` runs it"]
    fn chunks_beat_the_serial_loop() {
        testkit::paired::report(&workloads::all());
    }
}

/// An index that fits neither into 32 bits nor into an `f32`.
const FAR: usize = (1 << (usize::BITS - 24)) + 1;

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
