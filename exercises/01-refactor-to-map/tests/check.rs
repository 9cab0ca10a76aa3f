//! The contract of lesson 01: on which cases, what is called, what must hold.

mod integrals;
mod items;
mod workloads;

use std::cell::Cell;
use std::hint::black_box;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use lesson::f;
use refactor_to_map::{integrate_map, integrate_parallel, parallel_map};
#[cfg(target_pointer_width = "64")]
use testkit::claim_far_end;
use testkit::{
    AllocationMeter, Allowance, Interleaver, Mismatch, ParallelFn, RandomIntegrand, Rendezvous,
    Samples, cases, claim, claim_allocations, claim_any_bounds, coverage, pool_of_two,
};

use integrals::*;
use items::{Items, expect_order, few_or_many};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

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
    fn integrate_map_calls_f_whatever_the_bounds_are() {
        claim_any_bounds(MAP);
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

    #[test]
    fn integrate_map_allocates_nothing() {
        claim_allocations(
            cases([(0.0, 2.0, 1_000_000), (2.0, 0.0, 1)].map(|(a, b, n)| Samples { a, b, n }))
                .and_random(|random| RandomIntegrand::draw(random, 25_000).samples)
                .times(5)
                .label(interval),
            |&at| METER.measure_least(|| _ = black_box(MAP(&f, black_box(at)))),
            |_| Allowance::Bytes(0),
            "each value goes straight into the sum, with no list of values or indices",
        );
    }

    #[test]
    fn integrate_map_counts_to_the_last_number() {
        claim(
            cases([usize::MAX]).label(|n| format!("n = {n}, f panics at its third call")),
            |&n| {
                let calls = Cell::new(0);
                let f = |_| {
                    calls.set(calls.get() + 1);
                    if calls.get() == 3 {
                        panic::resume_unwind(Box::new("third"));
                    }
                    1.0
                };
                _ = panic::catch_unwind(AssertUnwindSafe(|| integrate_map(f, 0.0, 1.0, n)));
                calls.get()
            },
            |_, &calls| Mismatch::unless(calls == 3, format!("{calls} calls of f"), 3),
        );
    }

    #[cfg(target_pointer_width = "64")]
    #[test]
    fn integrate_map_takes_more_samples_than_32_bits_count() {
        claim_far_end(|f, Samples { a, b, n }| _ = integrate_map(f, a, b, n));
    }

    /// The smallest height there is: a quarter of it is 0.
    #[test]
    fn integrate_map_multiplies_the_sum() {
        const SMALLEST: f64 = 5e-324;
        claim(
            cases([(256.0, 1024)])
                .label(|(b, n)| format!("f(x) = {SMALLEST:e}, n = {n} from 0 to {b}")),
            |&(b, n)| integrate_map(|_| SMALLEST, 0.0, b, n),
            |_, &area| {
                let expected = SMALLEST * 256.0;
                Mismatch::unless(
                    area == expected,
                    area,
                    format!("{expected:e}: the sum, times dx"),
                )
            },
        );
    }

    #[test]
    fn integrate_map_holds_wherever_it_is_called() {
        integral_of_samples(MAP).claim_calls();
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
    fn parallel_map_takes_items_without_a_size() {
        claim(
            cases([5, 1_000]).label(|n| format!("{n} items ()")),
            |&n| {
                let calls = AtomicUsize::new(0);
                let f = |()| calls.fetch_add(1, Relaxed);
                let mut order = parallel_map(&vec![(); n], |&()| f(()));
                order.sort_unstable();
                order
            },
            |&n, order| {
                let right = order.iter().copied().eq(0..n);
                let seen = format!("{} results, and not one of each call", order.len());
                Mismatch::unless(right, seen, "a call for each item, and its result")
            },
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
                expect_order(&[3, 0, 7], lengths)?;
                expect_order(&["xxx", "", "xxxxxxx"].map(str::to_owned), lines)
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

    #[test]
    fn integrate_parallel_calls_f_whatever_the_bounds_are() {
        claim_any_bounds(PARALLEL);
    }

    #[test]
    fn integrate_parallel_makes_no_list_of_the_samples() {
        claim_no_list();
    }

    #[cfg(target_pointer_width = "64")]
    #[test]
    fn integrate_parallel_takes_more_samples_than_32_bits_count() {
        claim_far_end(|f, Samples { a, b, n }| _ = integrate_parallel(f, a, b, n));
    }

    #[test]
    fn parallel_map_holds_wherever_it_is_called() {
        map_of_items().claim_calls();
    }

    #[test]
    fn integrate_parallel_holds_wherever_it_is_called() {
        integral_of_samples(IN_CALLERS_POOL).claim_calls();
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
    fn parallel_map_has_all_threads_of_the_pool_at_work() {
        map_of_items().claim_sharing();
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
    fn integrate_parallel_has_all_threads_of_the_pool_at_work() {
        integral_of_samples(IN_CALLERS_POOL).claim_sharing();
    }
}

const IN_CALLERS_POOL: Integral = |f, at| integrate_parallel(f, at.a, at.b, at.n);

/// The length of a turn, in items or samples. Pieces of twice as many neighbours, which the contract allows, take two turns.
const GRAIN: usize = 1_000;

fn map_of_items() -> ParallelFn<Items, Vec<u64>> {
    ParallelFn::new(
        ["f", "item"],
        |shape, random| Items::of_numbers(shape.calls, random),
        |case| case.items.len(),
        |case, kernel| {
            parallel_map(&case.items, |item| {
                kernel.call(*item as usize, || case.result(item))
            })
        },
        |case, results| case.judge(results),
    )
    .label(|case| format!("{} items", case.items.len()))
    .grain(GRAIN)
}

fn integral_of_samples(integral: Integral) -> ParallelFn<RandomIntegrand, f64> {
    ParallelFn::new(
        ["f", "sample"],
        |shape, random| RandomIntegrand::draw(random, 0).of(shape.calls),
        |at| at.samples.n,
        move |at, kernel| {
            let f = |x| {
                let number = at.number_of(x);
                kernel.call(number, || at.height(number))
            };
            integral(&f, at.samples)
        },
        |at, &area| at.has_area(0..at.samples.n, area),
    )
    .label(|at| interval(&at.samples))
    .grain(GRAIN)
}

mod speed {
    use super::workloads;

    #[test]
    #[ignore = "needs the machine to itself: `cargo xtask check 01` runs it"]
    fn integrate_parallel_beside_the_loop() {
        testkit::paired::report(&workloads::all());
    }
}
