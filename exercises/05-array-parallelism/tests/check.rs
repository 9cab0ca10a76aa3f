//! What lesson 05 asks for, in the order in which its reader meets it.

mod integral;
mod routes;
mod workloads;

use std::cell::RefCell;
use std::fmt::Display;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;

use approx::relative_eq;
use array_parallelism::{
    distances, integrate_expression, integrate_fused, integrate_parallel, survey,
};
use lesson::{Survey, distances_loop, euclidean, f, points, samples, survey_loop};
use ndarray::{Array2, ArrayView1, s};
use testkit::{
    AllocationMeter, CallLog, KnownPool, Probe, Rendezvous, Samples, coverage, expect, pool_of_two,
};

use integral::*;
use routes::*;

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

// The integrals over an array keep nearly one contract, so they share their claims.
const EXPRESSION: Integral = |_, xs, dx| integrate_expression(xs, dx);
const FUSED: Integral = |f, xs, dx| integrate_fused(f, xs, dx);
const PARALLEL: Integral = |f, xs, dx| integrate_parallel(f, xs, dx);
/// Of the [`route`]s from the first points to the second.
const ROUTES: Distances = |from, to, out| distances(route, from, to, out);

/// Bytes that no temporary array fits into; they leave room for what the test harness allocates now and then.
const FEW: usize = 1_000;
/// Bytes for the queues of the pool, which do not grow with the number of samples.
const FEW_IN_PARALLEL: usize = 65_536;

mod correct {
    use super::*;

    #[test]
    fn expression_agrees_with_the_loop() {
        agrees_with_the_loop(EXPRESSION);
    }

    #[test]
    fn expression_makes_one_temporary_and_no_second() {
        let (n, dx) = (100_000, 2e-5);
        let xs = samples(0.0, 2.0, n);
        let (_, allocated) = METER.measure(|| integrate_expression(xs.view(), dx));
        expect(
            allocated.bytes < 8 * n + FEW,
            allocation(n, allocated.bytes),
            "one temporary of 8 bytes a sample: an operator whose left side is owned, and not borrowed, writes over it",
        );
    }

    #[test]
    fn expression_takes_a_view_that_is_not_contiguous() {
        takes_a_view_that_is_not_contiguous(EXPRESSION);
    }

    #[test]
    fn fused_calls_f_once_for_each_sample() {
        calls_f_once_for_each_sample(FUSED);
    }

    #[test]
    fn fused_is_the_sum_times_dx() {
        is_the_sum_times_dx(FUSED);
    }

    #[test]
    fn fused_agrees_with_the_loop() {
        agrees_with_the_loop(FUSED);
    }

    #[test]
    fn fused_makes_no_temporary() {
        makes_no_temporary(FUSED, FEW);
    }

    #[test]
    fn fused_takes_a_view_that_is_not_contiguous() {
        takes_a_view_that_is_not_contiguous(FUSED);
    }

    #[test]
    fn fused_over_no_sample_is_zero() {
        over_no_sample_is_zero(FUSED);
    }

    #[test]
    fn parallel_calls_f_once_for_each_sample() {
        calls_f_once_for_each_sample(PARALLEL);
    }

    #[test]
    fn parallel_is_the_sum_times_dx() {
        is_the_sum_times_dx(PARALLEL);
    }

    #[test]
    fn parallel_agrees_with_the_loop() {
        agrees_with_the_loop(PARALLEL);
    }

    #[test]
    fn parallel_makes_no_temporary() {
        makes_no_temporary(PARALLEL, FEW_IN_PARALLEL);
    }

    #[test]
    fn parallel_takes_a_view_that_is_not_contiguous() {
        takes_a_view_that_is_not_contiguous(PARALLEL);
    }

    #[test]
    fn parallel_over_no_sample_is_zero() {
        over_no_sample_is_zero(PARALLEL);
    }

    #[test]
    fn survey_calls_f_once_at_each_sample() {
        for (a, b, n) in [(0.0, 2.0, 4), (2.0, -1.0, 99), (0.1, 1.3, 100_000)] {
            let called = Mutex::default();
            survey(recording(&called), a, b, n);
            expect_ok(
                &format!("n = {n} from {a} to {b}"),
                Samples { a, b, n }.check(called.into_inner().unwrap()),
                "one call of f at each a + i · dx, with x computed from the index i",
            );
        }
    }

    /// All values are exact in binary, so they are compared exactly.
    #[test]
    fn survey_starts_from_what_changes_nothing() {
        for height in [0.0, 3.0, -3.0, f64::INFINITY, f64::NEG_INFINITY] {
            let (width, dx) = (256.0, 0.25);
            let seen = survey(|_| height, 0.0, width, 1024);
            let expected = Survey {
                area: height * width,
                lowest: height,
                highest: height,
            };
            let advice = match () {
                () if seen.area == expected.area / dx && seen.area != expected.area => {
                    "the sum is to be multiplied by dx = 0.25"
                }
                () if seen.area != expected.area => {
                    "every piece of the sum starts from 0, and all pieces count"
                }
                () if seen.lowest != height => "no height is above what a minimum starts from",
                () => "no height is below what a maximum starts from",
            };
            expect(
                seen == expected,
                format!("f = {height}, n = 1024 from 0 to {width}: {seen:?}"),
                format!("{expected:?}; {advice}"),
            );
        }
    }

    #[test]
    fn survey_agrees_with_the_loop() {
        for (a, b, n) in [(1.0, 3.0, 1), (1.0, 3.0, 1000), (3.0, 1.0, 100_000)] {
            let (seen, serial) = (survey(f, a, b, n), survey_loop(f, a, b, n));
            let tolerance = rounding(n);
            expect(
                relative_eq!(seen.area, serial.area, max_relative = tolerance)
                    && relative_eq!(seen.lowest, serial.lowest, max_relative = tolerance)
                    && relative_eq!(seen.highest, serial.highest, max_relative = tolerance),
                format!("x² − x, n = {n} from {a} to {b}: {seen:?}"),
                format!("{serial:?}, to a relative {tolerance:.0e}"),
            );
        }
    }

    #[test]
    fn survey_hides_no_nan_from_the_area() {
        let (before, nan, after) = (-510.0 / 1024.0, 511.0 / 1024.0, 1023.0 / 1024.0);
        let f = |x: f64| match () {
            () if x < nan => -x,
            () if x > nan => x,
            () => f64::NAN,
        };
        let seen = survey(f, 0.0, 1.0, 1024);
        expect(
            seen.area.is_nan() && (seen.lowest, seen.highest) == (before, after),
            format!(
                "f = -x up to sample 510, NaN, x from sample 512 on; n = 1024 from 0 to 1: {seen:?}"
            ),
            format!(
                "area NaN, lowest {before}, highest {after}: minimum and maximum pass over NaN, a sum does not"
            ),
        );
    }

    #[test]
    fn survey_of_no_sample_is_what_changes_nothing() {
        let seen = survey(f, 0.0, 2.0, 0);
        expect(
            (seen.area, seen.lowest, seen.highest) == (0.0, f64::INFINITY, f64::NEG_INFINITY),
            format!("n = 0 from 0 to 2: {seen:?}"),
            "area 0, lowest inf, highest -inf, whatever (b − a) / 0 may be",
        );
    }

    #[test]
    fn survey_makes_no_array() {
        let n = 100_000;
        survey(f, 0.0, 2.0, 2); // The first parallel call starts the pool.
        let (_, allocated) = METER.measure(|| survey(f, 0.0, 2.0, n));
        expect(
            allocated.bytes < FEW_IN_PARALLEL,
            allocation(n, allocated.bytes),
            "no array: each x is computed from its index, and each height goes straight into the survey",
        );
    }

    #[test]
    fn distances_go_from_the_rows_of_from_to_the_rows_of_to() {
        for (p, q) in [(1, 1), (3, 3), (3, 5), (7, 2)] {
            expect_routes("in rows", p, q, unwritten(p, q).view_mut());
        }
    }

    #[test]
    fn distances_call_distance_once_for_each_pair() {
        let (p, q) = (7, 5);
        let called = Mutex::new(Vec::new());
        let watched = |from: ArrayView1<f64>, to: ArrayView1<f64>| {
            called
                .lock()
                .unwrap()
                .push((from[0] * 5.0 + to[0]) as usize);
            0.0
        };
        let (from, to) = (numbered(p), numbered(q));
        distances(watched, from.view(), to.view(), unwritten(p, q).view_mut());
        let fault = coverage(p * q, called.into_inner().unwrap()).err();
        expect(
            fault.is_none(),
            format!(
                "{p} × {q} pairs, counted row by row: {}",
                fault.map_or(String::new(), |fault| fault
                    .to_string()
                    .replace("sample", "pair"))
            ),
            "one call of distance for each pair, each from a row of `from` to a row of `to`",
        );
    }

    #[test]
    fn distances_fill_an_out_that_is_not_contiguous() {
        let turned = &mut unwritten(5, 3);
        expect_routes("transposed", 3, 5, turned.view_mut().reversed_axes());
        let wide = &mut unwritten(3, 10);
        expect_routes("every other column", 3, 5, wide.slice_mut(s![.., ..;2]));
        let last_first = &mut unwritten(3, 5);
        expect_routes(
            "from the last row to the first",
            3,
            5,
            last_first.slice_mut(s![..;-1, ..]),
        );
    }

    #[test]
    fn distances_read_points_that_are_not_contiguous() {
        let (p, q, m) = (6, 4, 10);
        let (from, to) = (points(m, p, 1), points(2 * q, m, 2));
        let (from, to) = (from.t(), to.slice(s![..;-2, ..]));
        let (mut out, mut serial) = (unwritten(p, q), unwritten(p, q));
        distances(euclidean, from, to, out.view_mut());
        distances_loop(euclidean, from, to, serial.view_mut());
        expect(
            relative_eq!(
                out.as_slice().unwrap(),
                serial.as_slice().unwrap(),
                max_relative = 1e-14
            ),
            format!(
                "{p} points that lie in columns, {q} in every other row from the last:\n{out:.3}"
            ),
            format!("\n{serial:.3}"),
        );
    }

    #[test]
    fn distances_without_pairs_or_measurements_are_no_accident() {
        for (p, q) in [(0, 3), (3, 0), (0, 0)] {
            expect_routes("in rows", p, q, unwritten(p, q).view_mut());
        }
        let nothing_measured = Array2::zeros((3, 0));
        let mut out = unwritten(3, 3);
        distances(
            euclidean,
            nothing_measured.view(),
            nothing_measured.view(),
            out.view_mut(),
        );
        expect(
            out == Array2::<f64>::zeros((3, 3)),
            format!("3 points of no measurement:\n{out}"),
            "the distance 0, nine times",
        );
    }

    #[test]
    fn distances_into_a_shape_that_does_not_fit_panic() {
        let (from, to) = (numbered(3), numbered(5));
        ROUTES(from.view(), to.view(), unwritten(3, 5).view_mut());
        for (rows, columns) in [(4, 5), (2, 5), (3, 6), (3, 4)] {
            let mut out = unwritten(rows, columns);
            expect(
                panics(|| ROUTES(from.view(), to.view(), out.view_mut())),
                format!("3 × 5 distances into an out of {rows} × {columns}: no panic"),
                "a panic: `Zip` refuses what does not fit, an iterator's `zip` stops at the shorter one",
            );
        }
    }

    #[test]
    fn distances_go_straight_into_out() {
        let (p, q) = (20, 20_000);
        let (from, to, mut out) = (numbered(p), numbered(q), unwritten(p, q));
        distances(
            route,
            from.view(),
            to.slice(s![..1, ..]),
            out.slice_mut(s![.., ..1]),
        ); // This starts the pool.
        let (_, allocated) = METER.measure(|| ROUTES(from.view(), to.view(), out.view_mut()));
        expect(
            allocated.bytes < FEW_IN_PARALLEL,
            format!("{p} × {q} pairs: {} bytes allocated", allocated.bytes),
            format!(
                "less than {FEW_IN_PARALLEL}: no copy of `out`, no list of pairs, no row on the side"
            ),
        );
    }
}

mod concurrent {
    use super::*;

    const N: usize = 64;

    #[test]
    fn fused_stays_on_the_callers_thread() {
        // No other thread may share a RefCell: that this compiles is the proof.
        let calls = RefCell::new(0);
        let counted = |x| {
            *calls.borrow_mut() += 1;
            x
        };
        integrate_fused(counted, numbers(N).view(), 1.0);
        let calls = calls.into_inner();
        expect(calls == N, format!("n = {N}: {calls} calls of f"), N);
    }

    #[test]
    fn parallel_has_two_threads_inside_f_at_once() {
        let (probe, pool) = (witness_of_a_meeting(), pool_of_two());
        let f = |x| probe.call(x, || f(x));
        pool.install(|| integrate_parallel(f, numbers(N).view(), 1.0));
        two_threads_at_once(&format!("n = {N}"), &pool, &probe.log());
    }

    #[test]
    fn parallel_shares_out_a_column_as_well() {
        let (probe, pool) = (witness_of_a_meeting(), pool_of_two());
        let f = |x| probe.call(x, || f(x));
        pool.install(|| integrate_parallel(f, numbered(N).column(1), 1.0));
        two_threads_at_once(&format!("a column of {N}"), &pool, &probe.log());
    }

    #[test]
    fn survey_has_two_threads_inside_f_at_once() {
        let (probe, pool) = (witness_of_a_meeting(), pool_of_two());
        let f = |x| probe.call(x, || f(x));
        pool.install(|| survey(f, 0.0, 2.0, N));
        two_threads_at_once(&format!("n = {N}"), &pool, &probe.log());
    }

    #[test]
    fn distances_have_two_rows_under_way_at_once() {
        for (p, q) in [(8, 8), (2, 32)] {
            let (log, pool) = distances_witnessed(p, q, witness_of_a_meeting());
            two_threads_at_once(&format!("{p} × {q} pairs, out transposed"), &pool, &log);
        }
    }

    #[test]
    fn a_row_of_distances_is_one_task() {
        let two = Rendezvous::new(2, Rendezvous::NO_MEETING_LIMIT);
        let (log, _) = distances_witnessed(1, N, Probe::with_rendezvous(two));
        expect(
            !log.met(),
            format!("1 × {N} pairs: two threads inside distance at once"),
            "one row, one task: the rows are shared out, not the pairs",
        );
    }

    /// Into an `out` that lies in columns: whoever serves only what is contiguous in parallel is seen.
    fn distances_witnessed(p: usize, q: usize, probe: Probe<f64>) -> (CallLog<f64>, KnownPool) {
        let (pool, from, to) = (pool_of_two(), numbered(p), numbered(q));
        let watched =
            |from: ArrayView1<f64>, to: ArrayView1<f64>| probe.call(from[0], || route(from, to));
        let mut out = unwritten(q, p).reversed_axes();
        pool.install(|| distances(watched, from.view(), to.view(), out.view_mut()));
        (probe.log(), pool)
    }

    fn witness_of_a_meeting() -> Probe<f64> {
        Probe::with_rendezvous(Rendezvous::new(2, Rendezvous::MEET_LIMIT))
    }
}

mod speed {
    use super::workloads;

    #[test]
    #[ignore = "needs the machine to itself: `cargo xtask check 05` runs it"]
    fn arrays_beside_loops() {
        testkit::paired::report(&workloads::all());
    }
}

/// Whether `work` panics. The panic is not printed: it is wanted, and the first one printed is the one that is reported.
fn panics(work: impl FnOnce()) -> bool {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let ended = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(hook);
    ended.is_err()
}

#[track_caller]
fn expect_ok(case: &str, seen: Result<(), impl Display>, expected: impl Display) {
    if let Err(fault) = seen {
        expect(false, format!("{case}: {fault}"), expected);
    }
}

#[track_caller]
fn two_threads_at_once(case: &str, pool: &KnownPool, log: &CallLog<f64>) {
    let threads = log.threads();
    expect(
        threads.iter().all(|&thread| pool.has(thread)),
        format!("{case}: calls on a thread that is not of the caller's pool"),
        "how many threads there are is the caller's decision: all work in the caller's pool",
    );
    expect(
        log.met(),
        match threads.len() {
            1 => format!("{case}, a pool of two: all on one thread"),
            _ => format!(
                "{case}, a pool of two: two threads that take turns; does one hold a lock while it computes?"
            ),
        },
        "two threads inside the closure at once",
    );
}
