//! What lesson 02 asks for, in the order in which its reader meets it.

mod workloads;

use std::collections::HashSet;
use std::fmt::Display;
use std::num::NonZeroUsize;
use std::sync::Mutex;

use approx::relative_eq;
use chunked_integration::{chunk_ranges, integrate, integrate_range};
use lesson::split::Split;
use testkit::{
    AllocationMeter, CallLog, KnownPool, Mismatch, Probe, Rendezvous, Samples, expect, pool_of_two,
};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

mod correct {
    use super::*;

    /// n and chunks, at least one sample a chunk.
    const ORDINARY: [(usize, usize); 5] = [(10, 3), (10, 6), (1, 1), (7, 7), (640, 9)];

    #[test]
    fn ranges_cover_every_sample_once() {
        for (n, chunks) in ORDINARY {
            holds(split(n, chunks).covers());
        }
    }

    #[test]
    fn ranges_stand_in_order() {
        for (n, chunks) in ORDINARY {
            holds(split(n, chunks).is_in_order());
        }
    }

    #[test]
    fn lengths_differ_by_at_most_one() {
        for (n, chunks) in ORDINARY {
            holds(split(n, chunks).is_balanced());
        }
    }

    #[test]
    fn there_is_one_range_a_chunk() {
        for (n, chunks) in ORDINARY {
            holds(split(n, chunks).has_a_range_a_chunk());
        }
    }

    #[test]
    fn no_samples_make_no_range() {
        for chunks in [1, 2, 1000] {
            holds(split(0, chunks).has_a_range_a_chunk());
        }
    }

    /// From few chunks to many: a split that makes empty ranges fails before it makes them by the billion.
    #[test]
    fn with_more_chunks_than_samples_each_sample_is_a_range() {
        for chunks in [5, 1000, 1_000_000, usize::MAX] {
            let split = split(3, chunks);
            holds(split.has_a_range_a_chunk());
            holds(split.is_right());
        }
    }

    #[test]
    fn a_huge_n_overflows_nothing() {
        for n in [usize::MAX, usize::MAX - 1, usize::MAX / 2 + 1] {
            for chunks in [1, 2, 3, 7, 1000] {
                holds(split(n, chunks).is_right());
            }
        }
    }

    #[test]
    fn random_cases_are_split_as_well() {
        let mut random = fastrand::Rng::with_seed(2);
        for _ in 0..1000 {
            let n = random.usize(..) >> random.u32(..usize::BITS);
            holds(split(n, random.usize(1..200)).is_right());
        }
    }

    /// All values are exact in binary, so the samples are compared exactly.
    #[test]
    fn a_range_takes_its_own_samples() {
        let (a, dx, range) = (1.0, 0.5, 3..7);
        let seen = Mutex::default();
        integrate_range(&recording(&seen), a, dx, range.clone());
        let mut xs = seen.into_inner().unwrap();
        xs.sort_by(f64::total_cmp);
        let samples: Vec<f64> = xs.iter().map(|x| (x - a) / dx).collect();
        expect(
            samples == [3.0, 4.0, 5.0, 6.0],
            format!("a = {a}, dx = {dx}, range {range:?}: f at {xs:?}, the samples {samples:?}"),
            "f at [2.5, 3.0, 3.5, 4.0], the samples 3, 4, 5 and 6: a is where the whole begins",
        );
    }

    #[test]
    fn x_comes_from_the_index() {
        let samples = samples(1.0, 1_000_000);
        let range = 500_000..700_000;
        let seen = Mutex::default();
        integrate_range(&recording(&seen), samples.a, samples.step(), range.clone());
        let xs = seen.into_inner().unwrap();
        expect_none(
            &format!("a = 0, dx = 1e-6, range {range:?}"),
            xs.into_iter().find_map(|x| samples.index_of(x).err()),
            "x = a + i · dx, from the index i: adding dx again and again adds up its rounding",
        );
    }

    #[test]
    fn the_area_is_the_sum_times_dx() {
        let dx = 0.25;
        let area = integrate_range(&|_| 3.0, 1.0, dx, 2..6);
        expect_area("f = 3, dx = 0.25, range 2..6", area, 3.0, dx, 1e-15);
    }

    #[test]
    fn an_empty_range_has_no_area() {
        let area = integrate_range(&lesson::f, 1.0, 0.5, 4..4);
        expect(area == 0.0, format!("range 4..4: the area is {area}"), "0");
    }

    #[test]
    fn the_whole_evaluates_every_sample_once() {
        for (n, chunks) in ORDINARY {
            let samples = samples(2.0, n);
            let seen = Mutex::default();
            integrate(recording(&seen), samples.a, samples.b, n, nonzero(chunks));
            let fault = samples.check(seen.into_inner().unwrap()).err();
            expect_none(&case(n, chunks), fault, "every sample a + i · dx once");
        }
    }

    #[test]
    fn nothing_is_added_but_the_samples() {
        for (n, chunks) in ORDINARY {
            let area = integrate(|_| 0.0, 0.0, 2.0, n, nonzero(chunks));
            expect(
                area == 0.0,
                format!("f = 0, {}: the area is {area}", case(n, chunks)),
                "0: a sum begins with 0, in every task",
            );
        }
    }

    /// The left rule misses the integral of x² − x from 0 to 2, which is 2/3, by exactly −2/n + 4/(3n²): the terms of
    /// the Euler–Maclaurin formula are −dx/2 · (f(2) − f(0)) and dx²/12 · (f′(2) − f′(0)), and a parabola has no third.
    /// Relative to 2/3 that is at most 3/n.
    #[test]
    fn the_area_meets_the_closed_form() {
        for n in [100, 1000, 100_000] {
            let area = integrate(lesson::f, 0.0, 2.0, n, nonzero(7));
            let asked = format!("x² − x from 0 to 2, {}", case(n, 7));
            expect_area(&asked, area, 2.0 / 3.0, 2.0 / n as f64, 3.0 / n as f64);
        }
    }

    #[test]
    fn every_number_of_chunks_gives_the_serial_area() {
        for chunks in (1..=20).chain([99, 100, 101, 1000]) {
            expect_serial_area(1.0, 3.0, 100, chunks);
        }
    }

    #[test]
    fn random_cases_give_the_serial_area() {
        let mut random = fastrand::Rng::with_seed(3);
        for _ in 0..60 {
            let a = 1.0 + random.f64();
            let b = a + 0.5 + 10.0 * random.f64();
            expect_serial_area(a, b, random.usize(1..2000), random.usize(1..100));
        }
    }

    #[test]
    fn b_may_lie_below_a() {
        expect_serial_area(3.0, 1.0, 1000, 7);
    }

    #[test]
    fn no_samples_have_no_area() {
        for (a, b) in [(0.0, 2.0), (1.0, 1.0)] {
            let area = integrate(lesson::f, a, b, 0, nonzero(4));
            expect(
                area == 0.0,
                format!("from {a} to {b}, {}: the area is {area}", case(0, 4)),
                "0: no sample is taken, whatever (b − a) / 0 may be",
            );
        }
    }

    /// From 1 upwards no sample is negative, so either sum is off by half an epsilon an addition at most. The 16 are for
    /// honest ways to compute x that round otherwise.
    fn expect_serial_area(a: f64, b: f64, n: usize, chunks: usize) {
        let area = integrate(lesson::f, a, b, n, nonzero(chunks));
        let serial = lesson::integrate_loop(lesson::f, a, b, n);
        let asked = format!("x² − x from {a} to {b}, {}", case(n, chunks));
        let rounding = (n + 16) as f64 * f64::EPSILON;
        expect_area(&asked, area, serial, (b - a) / n as f64, rounding);
    }
}

mod concurrent {
    use super::*;

    /// The numbers of chunks below divide it, so there is only one balanced split.
    const N: usize = 64;

    #[test]
    fn one_chunk_is_one_task() {
        let two = Rendezvous::new(2, Rendezvous::NO_MEETING_LIMIT);
        expect(
            !log_of_calls(&pool_of_two(), 1, two).met(),
            format!("{}: two threads inside f at once", case(N, 1)),
            "one chunk, one task: `chunks` says how many, not the samples and not the threads",
        );
    }

    #[test]
    fn chunks_overlap() {
        for chunks in [2, 8] {
            let two = Rendezvous::new(2, Rendezvous::MEET_LIMIT);
            let log = log_of_calls(&pool_of_two(), chunks, two);
            let how = match log.threads().len() {
                1 => "one thread did all the work",
                _ => "several threads worked, one after the other: does one wait for another?",
            };
            let seen = format!(
                "{}: never two threads inside f at once: {how}",
                case(N, chunks)
            );
            expect(
                log.met(),
                seen,
                "two chunks under way at once, on two threads",
            );
        }
    }

    #[test]
    fn two_chunks_are_two_tasks() {
        let pool_of_four = KnownPool::new(nonzero(4)).expect("the system starts four threads");
        let three = Rendezvous::new(3, Rendezvous::NO_MEETING_LIMIT);
        expect(
            !log_of_calls(&pool_of_four, 2, three).met(),
            format!("{}: three threads inside f at once", case(N, 2)),
            "no more tasks than chunks",
        );
    }

    /// The rendezvous sees to it that two threads take part.
    #[test]
    fn a_chunk_stays_on_one_thread() {
        for chunks in [2, 8] {
            let two = Rendezvous::new(2, Rendezvous::MEET_LIMIT);
            let calls = log_of_calls(&pool_of_two(), chunks, two).calls;
            for range in chunk_ranges(N, nonzero(chunks)) {
                let own = calls.iter().filter(|visit| range.contains(&visit.item));
                let threads = own.map(|visit| visit.thread).collect::<HashSet<_>>().len();
                expect(
                    threads == 1,
                    format!(
                        "{}: samples {range:?} on {threads} threads",
                        case(N, chunks)
                    ),
                    "a chunk is a run of neighbours, all on one thread",
                );
            }
        }
    }

    /// Who evaluated which sample, when `integrate` runs from 0 to 1 in `pool`.
    fn log_of_calls(pool: &KnownPool, chunks: usize, rendezvous: Rendezvous) -> CallLog<usize> {
        let samples = samples(1.0, N);
        let probe = Probe::with_rendezvous(rendezvous);
        let watched = |x| match samples.index_of(x) {
            Ok(index) => probe.call(index, || lesson::f(x)),
            Err(drifted) => panic!("{drifted}"),
        };
        pool.install(|| integrate(watched, samples.a, samples.b, N, nonzero(chunks)));
        probe.log()
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

fn split(n: usize, chunks: usize) -> Split {
    let chunks = nonzero(chunks);
    let ranges = chunk_ranges(n, chunks);
    Split { n, chunks, ranges }
}

fn holds(sentence: Result<(), Mismatch>) {
    if let Err(Mismatch { actual, expected }) = sentence {
        expect(false, actual, expected);
    }
}

fn nonzero(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).expect("no case has zero chunks or threads")
}

/// An integrand that keeps every x it is given.
fn recording(seen: &Mutex<Vec<f64>>) -> impl Fn(f64) -> f64 + Sync {
    |x| {
        seen.lock().unwrap().push(x);
        lesson::f(x)
    }
}

fn case(n: usize, chunks: usize) -> String {
    format!("n = {n}, chunks = {chunks}")
}

fn samples(b: f64, n: usize) -> Samples {
    Samples { a: 0.0, b, n }
}

fn expect_none(case: &str, fault: Option<impl Display>, expected: impl Display) {
    if let Some(fault) = fault {
        expect(false, format!("{case}: {fault}"), expected);
    }
}

/// A factor `dx` too many or too few is named.
fn expect_area(asked: &str, area: f64, expected: f64, dx: f64, tolerance: f64) {
    let is = |value: f64| relative_eq!(area, value, max_relative = tolerance);
    let remark = match () {
        () if is(expected * dx) => ", as if dx were multiplied in twice",
        () if is(expected / dx) => ", as if dx were not multiplied in",
        () => "",
    };
    expect(
        is(expected),
        format!("{asked}: the area is {area}{remark}"),
        format!("{expected}, to a relative {tolerance:.0e}"),
    );
}
