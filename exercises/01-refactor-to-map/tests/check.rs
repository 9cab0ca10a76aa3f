//! What the three functions are to do. A test's name is its claim; a failure says what was seen and what was expected.

mod workloads;

use std::cell::RefCell;
use std::fmt::Debug;
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use approx::relative_eq;
use lesson::{f, integrate_loop};
use refactor_to_map::{integrate_map, integrate_parallel, parallel_map};
use testkit::{
    AllocationMeter, CallLog, KnownPool, Probe, Rendezvous, Samples, coverage, expect, pool_of_two,
};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

/// The two integrals keep one contract, so they share their checks.
type Integral = fn(&(dyn Fn(f64) -> f64 + Sync), f64, f64, usize) -> f64;
const MAP: Integral = |f, a, b, n| integrate_map(f, a, b, n);
const PARALLEL: Integral = |f, a, b, n| integrate_parallel(f, a, b, n);

mod correct {
    use super::*;

    #[test]
    fn integrate_map_calls_f_once_at_each_sample() {
        calls_f_once_at_each_sample(MAP);
    }

    #[test]
    fn integrate_map_of_a_constant_is_width_times_height() {
        of_a_constant_is_width_times_height(MAP);
    }

    #[test]
    fn integrate_map_of_no_sample_is_zero_and_of_one_a_rectangle() {
        of_no_sample_is_zero_and_of_one_a_rectangle(MAP);
    }

    #[test]
    fn integrate_map_from_right_to_left_is_negative() {
        from_right_to_left_is_negative(MAP);
    }

    #[test]
    fn integrate_map_hides_no_nan() {
        hides_no_nan(MAP);
    }

    #[test]
    fn integrate_map_agrees_with_the_loop_to_rounding() {
        agrees_with_the_loop(MAP);
    }

    #[test]
    fn integrate_map_is_within_the_rules_error_of_the_closed_form() {
        is_within_the_rules_error(MAP);
    }

    #[test]
    fn integrate_map_errs_a_tenth_with_ten_times_the_samples() {
        let error = |n| integrate_map(f, 0.0, 2.0, n) - 2.0 / 3.0;
        for n in [100, 1_000] {
            let fall = error(n) / error(10 * n);
            expect(
                (fall - 10.0).abs() < 0.1,
                format!(
                    "from n = {n} to n = {}: the error falls {fall:.3} times",
                    10 * n
                ),
                "10 times, to 1 %: the error of the left rule falls as 1/n",
            );
        }
    }

    #[test]
    fn integrate_map_makes_no_list_of_the_samples() {
        makes_no_list_of_the_samples(MAP);
    }

    #[test]
    fn parallel_map_calls_f_once_for_each_item() {
        for n in [0, 1, 2, 7, 1_000] {
            let items: Vec<usize> = (0..n).collect();
            let calls = Mutex::new(Vec::new());
            let results = parallel_map(&items, |&item| calls.lock().unwrap().push(item));
            let fault = coverage(n, calls.into_inner().unwrap()).err();
            expect(
                fault.is_none() && results.len() == n,
                format!(
                    "{n} items: {} results; {}",
                    results.len(),
                    fault.map_or("each item is used once".to_owned(), |fault| {
                        fault.to_string().replace("sample", "item")
                    })
                ),
                "one call of f and one result for each item",
            );
        }
    }

    #[test]
    fn parallel_map_keeps_the_order_of_the_items() {
        let mut random = fastrand::Rng::with_seed(1);
        let mut items: Vec<f64> = (0..10_000).map(|_| random.f64()).collect();
        items[17] = f64::NAN;
        items[4_711] = -0.0;
        // Uneven work, so that pieces of one length end at different times.
        let results = parallel_map(&items, |item| {
            (0..(item * 100.0) as u32).for_each(|round| {
                black_box(round);
            });
            item.to_string()
        });
        let expected: Vec<String> = items.iter().map(f64::to_string).collect();
        in_the_order_of_the_items(&expected, &results);
    }

    #[test]
    fn parallel_map_takes_and_gives_items_of_any_type() {
        /// Can be neither copied nor cloned, compared, or made by default.
        struct Sealed(String);

        let words = ["map", "", "collect"].map(|word| Sealed(word.to_owned()));
        let lengths = parallel_map(&words, |word| word.0.len());
        in_the_order_of_the_items(&[3, 0, 7], &lengths);
        let lines = parallel_map(&lengths, |&length| Sealed("x".repeat(length)));
        let lines: Vec<&str> = lines.iter().map(|line| line.0.as_str()).collect();
        in_the_order_of_the_items(&["xxx", "", "xxxxxxx"], &lines);
    }

    #[test]
    fn integrate_parallel_calls_f_once_at_each_sample() {
        calls_f_once_at_each_sample(PARALLEL);
    }

    #[test]
    fn integrate_parallel_of_a_constant_is_width_times_height() {
        of_a_constant_is_width_times_height(PARALLEL);
    }

    #[test]
    fn integrate_parallel_of_no_sample_is_zero_and_of_one_a_rectangle() {
        of_no_sample_is_zero_and_of_one_a_rectangle(PARALLEL);
    }

    #[test]
    fn integrate_parallel_from_right_to_left_is_negative() {
        from_right_to_left_is_negative(PARALLEL);
    }

    #[test]
    fn integrate_parallel_hides_no_nan() {
        hides_no_nan(PARALLEL);
    }

    #[test]
    fn integrate_parallel_agrees_with_the_loop_to_rounding() {
        agrees_with_the_loop(PARALLEL);
    }

    #[test]
    fn integrate_parallel_is_within_the_rules_error_of_the_closed_form() {
        is_within_the_rules_error(PARALLEL);
    }

    #[test]
    fn integrate_parallel_makes_no_list_of_the_samples() {
        makes_no_list_of_the_samples(PARALLEL);
    }
}

mod concurrent {
    use super::*;

    const ITEMS: usize = 64;

    #[test]
    fn integrate_map_stays_on_the_callers_thread() {
        // No other thread may share a RefCell: that this compiles is the proof.
        let calls = RefCell::new(0);
        let counted = |x| {
            *calls.borrow_mut() += 1;
            f(x)
        };
        integrate_map(counted, 0.0, 2.0, ITEMS);
        let calls = calls.into_inner();
        expect(
            calls == ITEMS,
            format!("n = {ITEMS}: {calls} calls of f"),
            "a call for each sample",
        );
    }

    #[test]
    fn parallel_map_has_two_threads_inside_f_at_once() {
        let probe = Probe::with_rendezvous(Rendezvous::new(2, Rendezvous::MEET_LIMIT));
        let items: Vec<usize> = (0..ITEMS).collect();
        pool_of_two().install(|| parallel_map(&items, |&item| probe.call(item, || item)));
        two_threads_at_once(&probe.log());
    }

    #[test]
    fn parallel_map_keeps_the_order_when_two_threads_work_in_step() {
        let items: Vec<usize> = (0..ITEMS).collect();
        let meeting = || Rendezvous::new(2, Rendezvous::MEET_LIMIT);
        let (first, second, calls) = (meeting(), meeting(), AtomicUsize::new(0));
        let results = pool_of_two().install(|| {
            parallel_map(&items, |&item| {
                // Two threads are held in step for two items each: results gathered as they come are now mixed.
                match calls.fetch_add(1, Ordering::Relaxed) {
                    0 | 1 => first.arrive(),
                    _ if first.met() => second.arrive(),
                    _ => {}
                }
                item
            })
        });
        in_the_order_of_the_items(&items, &results);
    }

    #[test]
    fn parallel_map_uses_no_more_threads_than_the_callers_pool() {
        let probe = Probe::new();
        let items: Vec<usize> = (0..ITEMS).collect();
        pool_of_one().install(|| parallel_map(&items, |&item| probe.call(item, || item)));
        one_thread(&probe.log());
    }

    #[test]
    fn integrate_parallel_has_two_threads_inside_f_at_once() {
        let probe = Probe::with_rendezvous(Rendezvous::new(2, Rendezvous::MEET_LIMIT));
        let f = |x| probe.call(x, || f(x));
        pool_of_two().install(|| integrate_parallel(f, 0.0, 2.0, ITEMS));
        two_threads_at_once(&probe.log());
    }

    #[test]
    fn integrate_parallel_uses_no_more_threads_than_the_callers_pool() {
        let probe = Probe::new();
        let f = |x| probe.call(x, || f(x));
        pool_of_one().install(|| integrate_parallel(f, 0.0, 2.0, ITEMS));
        one_thread(&probe.log());
    }
}

mod speed {
    use super::workloads;

    #[test]
    #[ignore = "needs the machine to itself: `cargo xtask check 01` runs it"]
    fn integrate_parallel_beside_the_loop() {
        testkit::paired::report(&workloads::all());
    }
}

fn calls_f_once_at_each_sample(integral: Integral) {
    for (a, b, n) in [
        (0.0, 2.0, 4),
        (-1.0, 0.7, 10),
        (2.0, 0.0, 99),
        (0.1, 1.3, 100_000),
    ] {
        let fault = Samples { a, b, n }.check(sampled(integral, a, b, n)).err();
        expect(
            fault.is_none(),
            format!("n = {n} from {a} to {b}: {}", fault.unwrap_or_default()),
            "one call of f at the left end of each step, at an x computed from its index: a + i·dx",
        );
    }
}

/// Sums of quarters are exact, so whatever is lost or added too much shows as what it is.
fn of_a_constant_is_width_times_height(integral: Integral) {
    let (width, n, dx) = (256.0, 1_024, 0.25);
    let area = integral(&|_| 1.0, 0.0, width, n);
    let advice = if area == n as f64 {
        "the sum is to be multiplied by dx"
    } else if area > width {
        "what a sum starts from must be 0, for each piece of it too"
    } else {
        "nothing may be missing, such as the partial sum of a piece"
    };
    expect(
        area == width,
        format!("f(x) = 1, n = {n} from 0 to {width}: {area}"),
        format!("{width}: {n} samples of 1, times dx = {dx}; {advice}"),
    );
}

fn of_no_sample_is_zero_and_of_one_a_rectangle(integral: Integral) {
    for (a, b) in [(0.0, 2.0), (2.0, 0.0), (1.0, 1.0)] {
        let calls = sampled(integral, a, b, 0).len();
        let area = integral(&f, a, b, 0);
        expect(
            area == 0.0 && calls == 0,
            format!("n = 0 from {a} to {b}: {area}, after {calls} calls of f"),
            "0 and no call: dx = (b − a) / 0 is no width",
        );
    }
    let area = integral(&f, 2.0, 5.0, 1);
    expect(
        area == 6.0,
        format!("n = 1 from 2 to 5: {area}"),
        "6: the rectangle f(2) · (5 − 2)",
    );
}

fn from_right_to_left_is_negative(integral: Integral) {
    let area = integral(&|_| 1.0, 2.0, 0.0, 4);
    expect(
        area == -2.0,
        format!("f(x) = 1, n = 4 from 2 to 0: {area}"),
        "-2: from right to left dx is negative, and so is the area",
    );
}

fn hides_no_nan(integral: Integral) {
    let area = integral(&|x| if x == 0.5 { f64::NAN } else { x }, 0.0, 1.0, 4);
    expect(
        area.is_nan(),
        format!("n = 4 from 0 to 1, f(0.5) is NaN: {area}"),
        "NaN: a sample that is not a number must show in the area",
    );
}

/// Adding n numbers of one sign makes n − 1 roundings of at most ε/2 each, relative to the sum so far. So a sum in any
/// order is within n·ε/2 of the true one, and two sums are within n·ε of each other. A few more ε are for x and dx.
fn agrees_with_the_loop(integral: Integral) {
    let positive = |x: f64| x * x + 1.0;
    for n in [1, 3, 1_000, 100_000] {
        let tolerance = (n + 16) as f64 * f64::EPSILON;
        let area = integral(&positive, 0.0, 2.0, n);
        let of_the_loop = integrate_loop(positive, 0.0, 2.0, n);
        expect(
            relative_eq!(area, of_the_loop, max_relative = tolerance),
            format!(
                "f(x) = x² + 1, n = {n} from 0 to 2: {area}, the loop gives {of_the_loop}, {:.1e} apart",
                (area / of_the_loop - 1.0).abs()
            ),
            format!("at most {tolerance:.1e} apart (relative): f64 sums do, f32 sums do not"),
        );
    }
}

/// On a step from x to x + dx the left rule misses the integral of f(t) − f(x), which is f′(x)·dx²/2 and smaller terms.
/// All steps together: Σ f′(x)·dx · dx/2, which tends to (f(b) − f(a))·dx/2, so the error falls as 1/n. The next term of
/// the series (Euler and Maclaurin) is (f′(b) − f′(a))·dx²/12; for a polynomial of degree two it is the last.
fn is_within_the_rules_error(integral: Integral) {
    let slope = |x: f64| 2.0 * x - 1.0;
    let closed_form = |x: f64| x * x * x / 3.0 - x * x / 2.0;
    for (a, b) in [(0.0, 2.0), (-1.0, 3.0), (0.0, 1.0), (2.0, 0.0)] {
        for n in [1, 10, 100, 10_000] {
            let dx = (b - a) / n as f64;
            let of_the_rule =
                ((f(b) - f(a)) * dx / 2.0).abs() + ((slope(b) - slope(a)) * dx * dx / 12.0).abs();
            // |f| is at most 6 on these intervals.
            let of_rounding = n as f64 * f64::EPSILON * 6.0 * (b - a).abs();
            let tolerance = of_the_rule + of_rounding;
            let area = integral(&f, a, b, n);
            let true_area = closed_form(b) - closed_form(a);
            expect(
                (area - true_area).abs() <= tolerance,
                format!("x² − x, n = {n} from {a} to {b}: {area}"),
                format!("{true_area:.6} ± {tolerance:.1e}, the error of the left rule"),
            );
        }
    }
}

fn makes_no_list_of_the_samples(integral: Integral) {
    /// Room for threads, their queues and their partial sums, none of which grows with n.
    const ALLOWED: usize = 65_536;

    let n = 1_000_000;
    integral(&f, 0.0, 2.0, 2); // The first parallel call starts the pool.
    let (_, allocated) = METER.measure(|| integral(&f, 0.0, 2.0, n));
    expect(
        allocated.bytes <= ALLOWED,
        format!("n = {n}: {} bytes allocated", allocated.bytes),
        format!(
            "at most {ALLOWED}: each value goes straight into a sum, with no list of values or indices"
        ),
    );
}

/// Where `integral` calls its f, from the smallest x to the largest.
fn sampled(integral: Integral, a: f64, b: f64, n: usize) -> Vec<f64> {
    let called = Mutex::new(Vec::new());
    integral(
        &|x| {
            called.lock().unwrap().push(x);
            1.0
        },
        a,
        b,
        n,
    );
    let mut called = called.into_inner().unwrap();
    called.sort_by(f64::total_cmp);
    called
}

#[track_caller]
fn in_the_order_of_the_items<U: PartialEq + Debug>(expected: &[U], results: &[U]) {
    let unlike = expected
        .iter()
        .zip(results)
        .position(|(expected, result)| expected != result);
    let seen = match unlike {
        Some(i) => format!("result {i} is {:?} and not {:?}", results[i], expected[i]),
        None => format!("{} results", results.len()),
    };
    expect(
        unlike.is_none() && results.len() == expected.len(),
        format!("{} items: {seen}", expected.len()),
        "results in the order of the items: result i is f(&items[i])",
    );
}

#[track_caller]
fn two_threads_at_once<T>(log: &CallLog<T>) {
    let (calls, threads) = (log.calls.len(), log.threads().len());
    let calls = format!("a pool of two, {calls} calls of f");
    expect(
        log.met(),
        match threads {
            0 | 1 => format!("{calls}, all on one thread"),
            2 => format!(
                "{calls}, on two threads that take turns: does one hold a lock while f runs?"
            ),
            _ => format!(
                "{calls}, on {threads} threads one after another: is each waited for too early?"
            ),
        },
        "two threads inside f at once",
    );
}

#[track_caller]
fn one_thread<T>(log: &CallLog<T>) {
    let (calls, threads) = (log.calls.len(), log.threads().len());
    expect(
        threads == 1,
        format!("a pool of one, {calls} calls of f: on {threads} threads"),
        "on one thread: how many there are is the caller's decision",
    );
}

fn pool_of_one() -> KnownPool {
    KnownPool::new(NonZeroUsize::MIN).expect("the system starts a thread")
}
