//! The contract of lesson 01: on which cases, what is called, what must hold.

mod workloads;

use std::cell::Cell;
use std::fmt::Debug;
use std::hint::black_box;
use std::sync::Mutex;

use approx::relative_eq;
use fastrand::Rng;
use lesson::{f, integrate_loop};
use refactor_to_map::{integrate_map, integrate_parallel, parallel_map};
use testkit::{
    AllocationMeter, Allowance, Interleaver, KnownPool, Mismatch, Probe, RandomIntegrand,
    Rendezvous, Samples, busy_calls, cases, claim, claim_allocations, claim_overlap, coverage,
    pool_of_two, random_cases,
};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

/// The two integrals keep one contract, so they share their claims.
type Integral = fn(&(dyn Fn(f64) -> f64 + Sync), Samples) -> f64;
const MAP: Integral = |f, at| integrate_map(f, at.a, at.b, at.n);
const PARALLEL: Integral =
    |f, at| pool_of_two().install(|| integrate_parallel(f, at.a, at.b, at.n));

mod correct {
    use super::*;

    #[test]
    fn integrate_map_calls_f_once_at_each_sample() {
        claim_one_call_at_each_sample(MAP);
    }

    #[test]
    fn integrate_map_of_a_constant_is_width_times_height() {
        claim_width_times_height(MAP);
    }

    #[test]
    fn integrate_map_of_no_sample_is_zero_and_of_one_a_rectangle() {
        claim_zero_and_rectangle(MAP);
    }

    #[test]
    fn integrate_map_from_right_to_left_is_negative() {
        claim_negative_from_right_to_left(MAP);
    }

    #[test]
    fn integrate_map_hides_no_nan() {
        claim_nan_shows(MAP);
    }

    #[test]
    fn integrate_map_agrees_with_the_loop_to_rounding() {
        claim_area_of_the_loop(MAP);
    }

    #[test]
    fn integrate_map_integrates_any_f() {
        claim_area_of_any_f(MAP);
    }

    #[test]
    fn integrate_map_is_within_the_rules_error_of_the_closed_form() {
        claim_error_of_the_rule(MAP);
    }

    #[test]
    fn integrate_map_errs_a_tenth_with_ten_times_the_samples() {
        let area = |n| integrate_map(f, 0.0, 2.0, n);
        claim(
            cases([100, 1_000]).label(|n| format!("from n = {n} to n = {}", 10 * n)),
            |&n| (area(n), area(10 * n)),
            |_, (area, area_of_ten_times)| {
                let error = |area| area - 2.0 / 3.0;
                let fall = error(area) / error(area_of_ten_times);
                Mismatch::unless(
                    (fall - 10.0).abs() < 0.1,
                    format!("the error falls {fall:.3} times"),
                    "10 times, to 1 %: the error of the left rule falls as 1/n",
                )
            },
        );
    }

    /// The room is for the test harness, which allocates a little now and then.
    #[test]
    fn integrate_map_allocates_nothing() {
        claim_no_list(MAP, 1_000);
    }

    #[test]
    fn parallel_map_calls_f_once_for_each_item() {
        claim(
            cases([0, 1, 2, 7, 1_000])
                .and_random(few_or_many)
                .label(|n| format!("{n} items")),
            |&n| {
                let (items, calls) = ((0..n).collect::<Vec<_>>(), Mutex::default());
                let called = |&item: &usize| Vec::push(&mut calls.lock().unwrap(), item);
                let results = pool_of_two().install(|| parallel_map(&items, called)).len();
                (results, calls.into_inner().unwrap())
            },
            |&n, (results, calls)| {
                let uncovered = coverage(n, calls.iter().copied()).err();
                let calls = uncovered.map(|item| item.to_string().replace("sample", "item"));
                Mismatch::unless(
                    calls.is_none() && *results == n,
                    format!(
                        "{results} results; {}",
                        calls.as_deref().unwrap_or("each item is used once")
                    ),
                    "one call of f and one result for each item",
                )
            },
        );
    }

    #[test]
    fn parallel_map_keeps_the_order_of_the_items() {
        claim(
            cases([Items::of(10_000)])
                .and_random(|random| Items::draw(few_or_many(random), random)),
            |case| {
                case.map(|item| {
                    // Uneven work, so that pieces of one length end at different times.
                    (0..item % 100).for_each(|round| _ = black_box(round));
                    case.result(item)
                })
            },
            |case, results| case.judge(results),
        );
    }

    #[test]
    fn parallel_map_takes_and_gives_items_of_any_type() {
        /// Can be neither copied nor cloned, compared, or made by default.
        struct Sealed(String);

        claim(
            cases([["map", "", "collect"]]),
            |words| {
                let words = words.map(|word| Sealed(word.to_owned()));
                let lengths = parallel_map(&words, |word| word.0.len());
                let lines = parallel_map(&lengths, |&length| Sealed("x".repeat(length)));
                (
                    lengths,
                    lines.into_iter().map(|line| line.0).collect::<Vec<_>>(),
                )
            },
            |_, (lengths, lines)| {
                in_the_order_of_the_items(&[3, 0, 7], lengths)?;
                in_the_order_of_the_items(&["xxx", "", "xxxxxxx"].map(str::to_owned), lines)
            },
        );
    }

    #[test]
    fn integrate_parallel_calls_f_once_at_each_sample() {
        claim_one_call_at_each_sample(PARALLEL);
    }

    #[test]
    fn integrate_parallel_of_a_constant_is_width_times_height() {
        claim_width_times_height(PARALLEL);
    }

    #[test]
    fn integrate_parallel_of_no_sample_is_zero_and_of_one_a_rectangle() {
        claim_zero_and_rectangle(PARALLEL);
    }

    #[test]
    fn integrate_parallel_from_right_to_left_is_negative() {
        claim_negative_from_right_to_left(PARALLEL);
    }

    #[test]
    fn integrate_parallel_hides_no_nan() {
        claim_nan_shows(PARALLEL);
    }

    #[test]
    fn integrate_parallel_agrees_with_the_loop_to_rounding() {
        claim_area_of_the_loop(PARALLEL);
    }

    #[test]
    fn integrate_parallel_integrates_any_f() {
        claim_area_of_any_f(PARALLEL);
    }

    #[test]
    fn integrate_parallel_is_within_the_rules_error_of_the_closed_form() {
        claim_error_of_the_rule(PARALLEL);
    }

    /// The room is for threads, their queues and their partial sums, none of which grows with n.
    #[test]
    fn integrate_parallel_makes_no_list_of_the_samples() {
        claim_no_list(PARALLEL, 65_536);
    }
}

mod concurrent {
    use super::*;

    const ITEMS: usize = 64;

    /// No other thread may share the closure, for its Cell: that this compiles is the proof.
    #[test]
    fn integrate_map_stays_on_the_callers_thread() {
        claim(
            cases([ITEMS]).label(|n| format!("n = {n}")),
            |&n| {
                let calls = Cell::new(0);
                let counted = |x| {
                    calls.set(calls.get() + 1);
                    f(x)
                };
                integrate_map(counted, 0.0, 2.0, n);
                calls.into_inner()
            },
            |n, calls| {
                let seen = format!("{calls} calls of f");
                Mismatch::unless(calls == n, seen, "a call for each sample")
            },
        );
    }

    #[test]
    fn parallel_map_has_two_threads_inside_f_at_once() {
        claim_overlap(
            cases([Items::of(ITEMS)])
                .and_random(|random| Items::draw(busy_calls(random), random))
                .times(1),
            |case| case.items.len(),
            |case, gate| case.map(|item| gate.call(|| case.result(item))),
            |case, results| case.judge(results),
        );
    }

    #[test]
    fn parallel_map_keeps_the_order_when_two_threads_work_in_step() {
        claim(
            cases([Items::of(ITEMS)])
                .and_random(|random| Items::draw(random.usize(64..200), random))
                .times(5),
            |case| {
                // Serial code keeps the order, and waits this long in vain.
                let interleaver = Interleaver::new(Rendezvous::NO_MEETING_LIMIT);
                case.map(|item| {
                    interleaver.step();
                    case.result(item)
                })
            },
            |case, results| case.judge(results),
        );
    }

    #[test]
    fn parallel_map_uses_no_more_threads_than_the_callers_pool() {
        claim_no_more_threads(|n, probe| {
            parallel_map(&vec![(); n], |()| probe.call((), || ()));
        });
    }

    #[test]
    fn integrate_parallel_has_two_threads_inside_f_at_once() {
        let at = RandomIntegrand {
            samples: from_0_to_2(ITEMS),
            seed: 1,
        };
        claim_overlap(
            cases([at])
                .and_random(|random| RandomIntegrand::draw(random, 0).of(busy_calls(random)))
                .times(1),
            |at| at.samples.n,
            |at, gate| PARALLEL(&|x| gate.call(|| at.f(x)), at.samples),
            |at, &area| at.has_area(0..at.samples.n, area),
        );
    }

    #[test]
    fn integrate_parallel_uses_no_more_threads_than_the_callers_pool() {
        claim_no_more_threads(|n, probe| {
            integrate_parallel(|x| probe.call((), || f(x)), 0.0, 2.0, n);
        });
    }

    /// `call` makes this many calls of f, each through the probe.
    #[track_caller]
    fn claim_no_more_threads(call: impl Fn(usize, &Probe<()>) + Sync) {
        let threads_in_a_pool_of = |size, n| {
            let probe = Probe::new();
            KnownPool::of(size).install(|| call(n, &probe));
            probe.log().threads().len()
        };
        claim(
            cases([ITEMS])
                .and_random(|random| random.usize(8..200))
                .times(2),
            |&n| (threads_in_a_pool_of(1, n), threads_in_a_pool_of(2, n)),
            |n, &(of_one, of_two)| {
                for (most, name, threads) in [(1, "one", of_one), (2, "two", of_two)] {
                    Mismatch::unless(
                        (1..=most).contains(&threads),
                        format!("a pool of {name}, {n} calls of f: on {threads} threads"),
                        format!("on {name} at most: how many there are is the caller's decision"),
                    )?;
                }
                Ok(())
            },
        );
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

#[track_caller]
fn claim_one_call_at_each_sample(integral: Integral) {
    let fixed = [
        (0.0, 2.0, 4),
        (-1.0, 0.7, 10),
        (2.0, 0.0, 99),
        (0.1, 1.3, 50_000),
    ];
    claim(
        cases(fixed.map(|(a, b, n)| Samples { a, b, n }))
            .and_random(|random| RandomIntegrand::draw(random, 1_000).samples)
            .label(interval),
        |&at| record(integral, at),
        |at, xs| {
            let fault = at.check(xs.iter().copied()).err();
            Mismatch::unless(
                fault.is_none(),
                fault.unwrap_or_default(),
                "one call of f at the left end of each step, at an x computed from its index: a + i·dx",
            )
        },
    );
}

/// Sums of quarters are exact, so whatever is lost or added too much shows as what it is.
#[track_caller]
fn claim_width_times_height(integral: Integral) {
    let (width, n, dx) = (256.0, 1_024, 0.25);
    let at = Samples {
        a: 0.0,
        b: width,
        n,
    };
    claim(
        cases([at]).label(|at| format!("f(x) = 1, {}", interval(at))),
        |&at| integral(&|_| 1.0, at),
        |_, &area| {
            let advice = if area == n as f64 {
                "the sum is to be multiplied by dx"
            } else if area > width {
                "what a sum starts from must be 0, for each piece of it too"
            } else {
                "nothing may be missing, such as the partial sum of a piece"
            };
            let expected = format!("{width}: {n} samples of 1, times dx = {dx}; {advice}");
            Mismatch::unless(area == width, area, expected)
        },
    );
}

#[track_caller]
fn claim_zero_and_rectangle(integral: Integral) {
    let fixed = [(0.0, 2.0, 0), (2.0, 0.0, 0), (1.0, 1.0, 0), (2.0, 5.0, 1)];
    claim(
        cases(fixed.map(|(a, b, n)| Samples { a, b, n })).label(interval),
        |&at| (integral(&f, at), record(integral, at).len()),
        |&Samples { n, .. }, &(area, calls)| {
            let (expected, reason) = match n {
                0 => (0.0, "0 and no call: dx = (b − a) / 0 is no width"),
                _ => (6.0, "6 and 1 call: the rectangle f(2) · (5 − 2)"),
            };
            let seen = format!("{area}, after {calls} calls of f");
            Mismatch::unless(area == expected && calls == n, seen, reason)
        },
    );
}

#[track_caller]
fn claim_negative_from_right_to_left(integral: Integral) {
    let (a, b, n) = (2.0, 0.0, 4);
    claim(
        cases([Samples { a, b, n }]).label(|at| format!("f(x) = 1, {}", interval(at))),
        |&at| integral(&|_| 1.0, at),
        |_, &area| {
            let expected = "-2: from right to left dx is negative, and so is the area";
            Mismatch::unless(area == -2.0, area, expected)
        },
    );
}

#[track_caller]
fn claim_nan_shows(integral: Integral) {
    let (a, b, n) = (0.0, 1.0, 4);
    claim(
        cases([(Samples { a, b, n }, 2)])
            .and_random(|random| {
                let n = random.usize(1..2_000);
                let at = RandomIntegrand::draw(random, 0).of(n).samples;
                (at, random.usize(..n))
            })
            .label(|(at, nan)| format!("{}, f({}) is NaN", interval(at), at.x(*nan))),
        |&(at, nan)| {
            let is_nan = |x| at.index_of(x) == Ok(nan);
            integral(&|x| if is_nan(x) { f64::NAN } else { x }, at)
        },
        |_, area| {
            let expected = "NaN: a sample that is not a number must show in the area";
            Mismatch::unless(area.is_nan(), area, expected)
        },
    );
}

/// Adding n numbers of one sign makes n − 1 roundings of at most ε/2 each, relative to the sum so far. So a sum in any
/// order is within n·ε/2 of the true one, and two sums are within n·ε of each other. A few more ε are for x and dx.
#[track_caller]
fn claim_area_of_the_loop(integral: Integral) {
    let positive = |x: f64| x * x + 1.0;
    claim(
        cases([1, 3, 1_000, 100_000].map(from_0_to_2))
            .label(|at| format!("f(x) = x² + 1, {}", interval(at))),
        |&at| integral(&positive, at),
        |&Samples { a, b, n }, &area| {
            let tolerance = (n + 16) as f64 * f64::EPSILON;
            let of_the_loop = integrate_loop(positive, a, b, n);
            Mismatch::unless(
                relative_eq!(area, of_the_loop, max_relative = tolerance),
                format!(
                    "{area}, the loop gives {of_the_loop}, {:.1e} apart",
                    (area / of_the_loop - 1.0).abs()
                ),
                format!("at most {tolerance:.1e} apart (relative): f64 sums do, f32 sums do not"),
            )
        },
    );
}

/// Enough samples that an x which is not computed from its index drifts away.
#[track_caller]
fn claim_area_of_any_f(integral: Integral) {
    claim(
        random_cases(|random| RandomIntegrand::draw(random, 20_000)),
        |at| integral(&|x| at.f(x), at.samples),
        |at, &area| at.has_area(0..at.samples.n, area),
    );
}

/// On a step from x to x + dx the left rule misses the integral of f(t) − f(x), which is f′(x)·dx²/2 and smaller terms.
/// All steps together: Σ f′(x)·dx · dx/2, which tends to (f(b) − f(a))·dx/2, so the error falls as 1/n. The next term of
/// the series (Euler and Maclaurin) is (f′(b) − f′(a))·dx²/12; for a polynomial of degree two it is the last.
#[track_caller]
fn claim_error_of_the_rule(integral: Integral) {
    let slope = |x: f64| 2.0 * x - 1.0;
    let closed_form = |x: f64| x * x * x / 3.0 - x * x / 2.0;
    let intervals = [(0.0, 2.0), (-1.0, 3.0), (0.0, 1.0), (2.0, 0.0)];
    let fixed = intervals
        .into_iter()
        .flat_map(|(a, b)| [1, 10, 100, 10_000].map(|n| Samples { a, b, n }));
    claim(
        cases(fixed).label(|at| format!("x² − x, {}", interval(at))),
        |&at| integral(&f, at),
        |&Samples { a, b, n }, &area| {
            let dx = (b - a) / n as f64;
            let of_the_rule =
                ((f(b) - f(a)) * dx / 2.0).abs() + ((slope(b) - slope(a)) * dx * dx / 12.0).abs();
            // |f| is at most 6 on these intervals.
            let of_rounding = n as f64 * f64::EPSILON * 6.0 * (b - a).abs();
            let tolerance = of_the_rule + of_rounding;
            let true_area = closed_form(b) - closed_form(a);
            Mismatch::unless(
                (area - true_area).abs() <= tolerance,
                area,
                format!("{true_area:.6} ± {tolerance:.1e}, the error of the left rule"),
            )
        },
    );
}

#[track_caller]
fn claim_no_list(integral: Integral, most_bytes: usize) {
    claim_allocations(
        cases([1_000_000])
            .and_random(|random| random.usize(15_000..25_000))
            .times(5)
            .label(|n| format!("n = {n}")),
        |&n| {
            METER
                .measure(|| black_box(integral(&f, black_box(from_0_to_2(n)))))
                .1
        },
        |_| Allowance::Bytes(most_bytes),
        "each value goes straight into a sum, with no list of values or indices",
    );
}

/// Items that may stand there several times, and a function of them that cannot be foreseen.
struct Items {
    items: Vec<u64>,
    seed: u64,
}

impl Items {
    fn of(n: usize) -> Self {
        Self::draw(n, &mut Rng::with_seed(1))
    }

    fn draw(n: usize, random: &mut Rng) -> Self {
        let different = random.u64(1..=5_000);
        Self {
            items: (0..n).map(|_| random.u64(..different)).collect(),
            seed: random.u64(..),
        }
    }

    fn map(&self, f: impl Fn(&u64) -> u64 + Send + Sync) -> Vec<u64> {
        pool_of_two().install(|| parallel_map(&self.items, f))
    }

    fn result(&self, item: &u64) -> u64 {
        Rng::with_seed(self.seed ^ item).u64(..)
    }

    fn judge(&self, results: &[u64]) -> Result<(), Mismatch> {
        let expected: Vec<u64> = self.items.iter().map(|item| self.result(item)).collect();
        in_the_order_of_the_items(&expected, results)
    }
}

fn in_the_order_of_the_items<U: PartialEq + Debug>(
    expected: &[U],
    results: &[U],
) -> Result<(), Mismatch> {
    let mut pairs = expected.iter().zip(results);
    let seen = match pairs.position(|(expected, result)| expected != result) {
        Some(i) => format!("result {i} is {:?} and not {:?}", results[i], expected[i]),
        None => format!("{} results", results.len()),
    };
    Mismatch::unless(
        results == expected,
        format!("{} items: {seen}", expected.len()),
        "results in the order of the items: result i is f(&items[i])",
    )
}

/// Up to 2,000, small numbers as often as large ones.
fn few_or_many(random: &mut Rng) -> usize {
    random.usize(..=2_000) >> random.u32(..12)
}

fn from_0_to_2(n: usize) -> Samples {
    let (a, b) = (0.0, 2.0);
    Samples { a, b, n }
}

fn interval(Samples { a, b, n }: &Samples) -> String {
    format!("n = {n} from {a} to {b}")
}

/// Every x at which `integral` calls f.
fn record(integral: Integral, at: Samples) -> Vec<f64> {
    let xs = Mutex::new(Vec::new());
    let f = |x| {
        xs.lock().unwrap().push(x);
        1.0
    };
    integral(&f, at);
    xs.into_inner().unwrap()
}
