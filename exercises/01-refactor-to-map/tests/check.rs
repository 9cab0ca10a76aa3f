//! The contract of lesson 01: on which cases, what is called, what must hold.

mod integrals;
mod items;
mod workloads;

use std::cell::Cell;
use std::hint::black_box;
use std::sync::Mutex;

use lesson::f;
use refactor_to_map::{integrate_map, integrate_parallel, parallel_map};
use testkit::{
    AllocationMeter, Interleaver, KnownPool, Mismatch, Probe, RandomIntegrand, Rendezvous,
    busy_calls, cases, claim, claim_overlap, coverage, pool_of_two,
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
