//! The contract of lesson 04: on which cases, what is called, what must hold.
//!
//! No check uses rayon outside of a pool: that would start the global pool, which one check finds untouched.

mod choice;
mod figures;
mod refusal;
mod sweeps;
mod workloads;

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use fastrand::Rng;
use lesson::{Step, integrate_parallel};
use rayon::ThreadPoolBuildError;
use rayon::prelude::*;
use testkit::{
    AllocationMeter, Answer, Cases, KnownPool, Mismatch, Probe, RandomIntegrand, Rendezvous,
    Samples, busy_calls, cases, claim, claim_overlap, cores_offered, exclusive,
    global_pool_was_untouched, in_time, panics, pool_of_two, random_cases,
};
use thread_control::*;

use choice::{
    NOISY_ROW, Row, claim_choice, claim_fewest, draw_at_the_tolerance, draw_steps, steps,
};
use figures::{amdahl, expect_fraction, expect_ratio, rounding};
use sweeps::{SweepLog, any_counts, claim_sweep, many_counts, many_runs, no_counts, pool_here};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

mod correct {
    use super::*;

    #[test]
    fn work_is_done_once_and_its_result_returned() {
        claim_ok(
            cases([1, 2, 3, 2].map(|count| (count, "a few words".to_owned())))
                .and_random(|random| (random.usize(1..8), random.u64(..).to_string()))
                .label(|(count, _)| label_count(count)),
            |(count, words)| {
                let calls = AtomicUsize::new(0);
                let work = || {
                    calls.fetch_add(1, Ordering::Relaxed);
                    words.clone()
                };
                let said = with_threads(threads(*count), work)?;
                Ok((said, calls.into_inner()))
            },
            |(_, words), (said, calls)| {
                Mismatch::unless(
                    said == words && *calls == 1,
                    format!("{said:?} after {calls} calls of work"),
                    format!("{words:?} after 1 call: what work returns is handed on"),
                )
            },
        );
    }

    #[test]
    fn work_runs_on_a_thread_of_a_pool() {
        claim_ok(
            counts([2]).and_random(few),
            |&count| {
                let caller = thread::current().id();
                let here = || (thread::current().id(), rayon::current_thread_index());
                let (thread, index) = with_threads(threads(count), here)?;
                Ok((thread == caller, index))
            },
            |_, &(is_the_caller, index)| {
                let whose = match is_the_caller {
                    true => "the caller's own thread",
                    false => "a thread that belongs to no pool",
                };
                Mismatch::unless(
                    index.is_some() && !is_the_caller,
                    format!("work runs on {whose}"),
                    "a thread of the new pool: what work does in parallel elsewhere goes to the global pool",
                )
            },
        );
    }

    #[test]
    fn the_pool_has_exactly_as_many_threads() {
        claim_ok(
            counts([1, 2, 3]).and_random(few),
            |&count| {
                with_threads(threads(count), || {
                    (cores_offered().get(), pool_here().len())
                })
            },
            |&count, &(cores, size)| expect_pool(count, cores, size),
        );
    }

    #[test]
    fn the_pool_may_have_more_threads_than_there_are_cores() {
        claim_ok(
            cases([1])
                .and_random(|random| random.usize(1..4))
                .times(2)
                .label(|more| format!("threads = {more} more than there are cores")),
            |more| {
                let cores = cores_offered().get();
                let size = with_threads(threads(cores + more), || pool_here().len())?;
                Ok((cores, size))
            },
            |more, &(cores, size)| expect_pool(cores + more, cores, size),
        );
    }

    #[test]
    fn the_pool_may_have_hundreds_of_threads() {
        claim_ok(
            random_cases(|random| random.usize(257..300))
                .times(1)
                .label(label_count),
            |&count| {
                with_threads(threads(count), || {
                    (cores_offered().get(), rayon::current_num_threads())
                })
            },
            |&count, &(cores, size)| expect_pool(count, cores, size),
        );
    }

    #[test]
    fn a_caller_in_a_pool_of_its_own_gets_another_pool() {
        claim_ok(
            cases([(2, 2)])
                .and_random(|random| (random.usize(1..5), random.usize(1..5)))
                .label(|(callers, count)| {
                    format!("called in a pool of {callers}, threads = {count}")
                }),
            |&(callers, count)| {
                let outer = KnownPool::of(callers);
                let inner = outer.install(|| with_threads(threads(count), pool_here))?;
                let shared = inner.iter().filter(|&&thread| outer.has(thread)).count();
                Ok((inner.len(), shared))
            },
            |&(_, count), &(size, shared)| {
                Mismatch::unless(
                    shared == 0 && size == count,
                    format!("a pool of {size}, {shared} of them the caller's"),
                    format!("a pool of {count} other threads: the caller's have work of their own"),
                )
            },
        );
    }

    #[test]
    fn calls_can_be_nested() {
        claim_ok(
            cases([(3, 2)])
                .label(|(outer, inner)| format!("threads = {outer}, inside it {inner}, and back")),
            |&(outer, inner)| {
                let nested = || {
                    (
                        pool_here(),
                        with_threads(threads(inner), pool_here),
                        pool_here(),
                    )
                };
                let (before, inner, after) = with_threads(threads(outer), nested)?;
                let inner = inner?;
                let sizes = [&before, &inner, &after].map(|pool| pool.len());
                Ok((sizes.to_vec(), inner.is_disjoint(&before)))
            },
            |&(outer, inner), (sizes, disjoint)| {
                let expected = [outer, inner, outer];
                Mismatch::unless(
                    *disjoint && *sizes == expected,
                    format!("pools of {sizes:?}"),
                    format!(
                        "pools of {expected:?}: the inner one begins and ends inside the outer one"
                    ),
                )
            },
        );
    }

    #[test]
    fn the_pool_ends_with_the_call() {
        claim_ends(
            0,
            |work| with_threads(threads(2), work),
            "none: the pool is started for the call and ends with it",
        );
    }

    #[test]
    fn a_panic_in_work_reaches_the_caller() {
        claim(
            cases([(2, "from work".to_owned())])
                .and_random(|random| (random.usize(1..5), random.u64(..).to_string()))
                .times(5)
                .label(|(_, words)| format!("work panics with {words:?}")),
            |(count, words)| {
                // Resumed and not begun, so that it prints nothing.
                let panics = || panic::resume_unwind(Box::new(words.clone()));
                let outcome = panic::catch_unwind(|| with_threads::<()>(threads(*count), panics));
                outcome.err().map(|panic| refusal::message(&*panic))
            },
            |(_, words), panic| expect_panic(words, panic),
        );
    }

    #[test]
    fn the_panic_of_work_keeps_its_payload() {
        claim(
            cases([7])
                .and_random(|random| random.u64(..))
                .times(2)
                .label(|payload| format!("work panics with the number {payload}")),
            |&payload| {
                let panics = || panic::resume_unwind(Box::new(payload));
                let outcome = panic::catch_unwind(|| with_threads::<()>(threads(2), panics));
                let panic = outcome.err()?;
                panic.downcast_ref::<u64>().copied()
            },
            |payload, panic| {
                Mismatch::unless(
                    *panic == Some(*payload),
                    "the caller's panic does not hold the number",
                    "the same panic: it may hold a value of any type",
                )
            },
        );
    }

    #[test]
    fn the_global_pool_stays_untouched() {
        exclusive(|| {
            claim_ok(
                counts([2]).and_random(few).times(2),
                |&count| {
                    with_threads(threads(count), || (0..4).into_par_iter().for_each(|_| ()))?;
                    Ok(global_pool_was_untouched())
                },
                |_, &untouched| {
                    Mismatch::unless(
                        untouched,
                        "after the call, a program cannot set up its global pool",
                        "it can: the global pool is for the program to set up, once",
                    )
                },
            );
        });
    }

    #[test]
    fn threads_that_do_not_start_are_an_error() {
        refusal::claim_error(|count, work| with_threads(count, work));
    }

    #[test]
    fn speed_up_is_how_many_times_as_fast() {
        let fixed = [
            (6.0, 2.0),
            (1.0, 2.0),
            (3.0, 3.0),
            (0.75, 0.25),
            (3.0, 0.0),
            (0.0, 3.0),
            (90.5, 61.9),
        ];
        let fixed = fixed.map(|times| <[f64; 2]>::from(times).map(Duration::from_secs_f64));
        let longest = [Duration::MAX, Duration::from_nanos(1)];
        claim(
            cases(fixed.into_iter().chain([longest]))
                .and_random(|random| match random.u8(..6) {
                    0 => [any_time(random), Duration::ZERO],
                    _ => [any_time(random), any_time(random)],
                })
                .label(|times| {
                    let [serial, parallel] = times.map(|time| time.as_secs_f64());
                    format!("serial {serial} s, parallel {parallel} s")
                }),
            |&[serial, parallel]| speed_up(serial, parallel),
            |times, &seen| {
                let [serial, parallel] = times.map(|time| time.as_nanos() as f64);
                expect_ratio("the speed-up", seen, serial / parallel)
            },
        );
    }

    #[test]
    fn two_runs_without_time_have_no_finite_speed_up() {
        claim(
            cases([Duration::ZERO]).label(|_| "serial 0 s, parallel 0 s".to_owned()),
            |&time| speed_up(time, time),
            |_, speed_up| {
                Mismatch::unless(
                    speed_up.is_nan() || *speed_up == f64::INFINITY,
                    format!("the speed-up is {speed_up}"),
                    "NaN or infinite: nothing was measured",
                )
            },
        );
    }

    #[test]
    fn efficiency_is_a_threads_share_of_the_speed_up() {
        claim(
            cases([
                (3.0, 4),
                (4.0, 4),
                (0.5, 2),
                (1.0, 1),
                (5.0, 4),
                (f64::INFINITY, 4),
                (3.0, usize::MAX / 2 + 3),
                (1.0, (1 << 24) + 1),
            ])
            .and_random(|random| match random.u8(..4) {
                0 => (20.0 * random.f64(), any_count(random)),
                _ => (20.0 * random.f64(), random.usize(1..100)),
            })
            .label(|(speed_up, count)| format!("speed-up {speed_up} on {count} threads")),
            |&(speed_up, count)| efficiency(speed_up, threads(count)),
            |&(speed_up, count), &seen| {
                expect_ratio("the efficiency", seen, speed_up / count as f64)
            },
        );
    }

    #[test]
    fn one_thread_has_no_serial_fraction() {
        claim(
            cases([1.0, 0.9, f64::INFINITY])
                .and_random(|random| 2.0 * random.f64())
                .label(|speed_up| format!("speed-up {speed_up} on 1 thread")),
            |&speed_up| karp_flatt(speed_up, threads(1)),
            |_, fraction| {
                Mismatch::unless(
                    fraction.is_none(),
                    format!("the serial fraction is {fraction:?}"),
                    "None: 1 − 1/p is 0, and one thread cannot show what would have been split",
                )
            },
        );
    }

    #[test]
    fn the_serial_fraction_explains_the_speed_up() {
        claim(
            cases([
                (0.25, 4),
                (0.0, 2),
                (1.0, 2),
                (1.5, 4),
                (-0.2, 2),
                (0.25, usize::MAX / 2 + 3),
                (1.0 / 16_777_216.0, (1 << 24) + 1),
            ])
            .and_random(|random| {
                let count = match random.u8(..4) {
                    0 => any_count(random).max(2),
                    _ => random.usize(2..100),
                };
                // Less than 0 for more than a perfect speed-up, which is infinite at −1/(p − 1).
                let fraction = match random.u8(..3) {
                    0 => -0.8 * random.f64() / count as f64,
                    _ => 1.2 * random.f64(),
                };
                (fraction, count)
            })
            .times(50),
            |&(fraction, count)| karp_flatt(amdahl(fraction, count), threads(count)),
            |&(fraction, count), &seen| {
                let speed_up = amdahl(fraction, count);
                expect_fraction(speed_up, count, seen, fraction, rounding(speed_up, count))
            },
        );
    }

    #[test]
    fn an_infinite_speed_up_has_a_serial_fraction() {
        claim(
            cases([2, 5]).and_random(|random| random.usize(2..100)),
            |&count| karp_flatt(f64::INFINITY, threads(count)),
            |&count, &seen| {
                let expected = -1.0 / (count as f64 - 1.0);
                let tolerance = rounding(f64::INFINITY, count);
                expect_fraction(f64::INFINITY, count, seen, expected, tolerance)
            },
        );
    }

    /// Its times have three digits, so the fractions have two.
    #[test]
    fn the_notebooks_processes_lose_ever_more() {
        const SERIAL: f64 = 6.13;
        claim(
            cases([(2, 3.33, 0.09), (4, 2.88, 0.29), (8, 2.94, 0.41)]),
            |&(count, seconds, _)| {
                let [from, to] = [SERIAL, seconds].map(Duration::from_secs_f64);
                karp_flatt(speed_up(from, to), threads(count))
            },
            |&(count, seconds, fraction), &seen| {
                expect_fraction(SERIAL / seconds, count, seen, fraction, 0.005)
            },
        );
    }

    #[test]
    fn counts_begin_with_1_are_doubled_and_end_with_the_most() {
        claim_counts(cases([1, 2, 3, 6, 8, 100, 1_000_000]).and_random(
            |random| match random.u8(..3) {
                0 => 1 << random.u32(..usize::BITS),
                1 => (1 << random.u32(1..usize::BITS)) + 1,
                _ => any_count(random),
            },
        ));
    }

    #[test]
    fn counts_overflow_nothing() {
        claim_counts(
            cases([usize::MAX, usize::MAX / 2 + 1, usize::MAX / 2 + 2])
                .and_random(|random| match random.bool() {
                    true => usize::MAX - random.usize(..1_000),
                    false => usize::MAX / 2 + random.usize(2..1_000),
                })
                .times(5),
        );
    }

    #[test]
    fn a_sweep_keeps_all_times_of_every_count() {
        claim_sweep(any_counts(), SweepLog::has_all_times);
    }

    #[test]
    fn a_sweep_may_have_many_counts() {
        claim_sweep(many_counts(), SweepLog::has_all_times);
    }

    #[test]
    fn a_sweep_may_have_many_runs() {
        claim_sweep(many_runs(), SweepLog::has_all_times);
    }

    #[test]
    fn a_sweep_calls_work_in_pools_of_these_sizes() {
        claim_sweep(any_counts(), SweepLog::calls_in_all_sizes);
    }

    #[test]
    fn a_sweep_starts_one_pool_for_each_count() {
        claim_sweep(any_counts(), SweepLog::has_one_pool_for_each_count);
    }

    #[test]
    fn a_sweep_warms_up_every_pool() {
        claim_sweep(any_counts(), SweepLog::warms_up_every_pool);
    }

    #[test]
    fn a_sweep_goes_in_rounds() {
        claim_sweep(any_counts(), SweepLog::goes_in_rounds);
    }

    #[test]
    fn a_sweep_tells_what_each_call_took() {
        claim_sweep(any_counts(), SweepLog::has_the_times_of_the_calls);
    }

    #[test]
    fn a_sweep_may_have_more_threads_than_there_are_cores() {
        claim_ok(
            cases([1])
                .and_random(|random| random.usize(1..4))
                .times(1)
                .label(|more| format!("counts = [{more} more than there are cores]")),
            |more| {
                let cores = cores_offered().get();
                let size = AtomicUsize::new(0);
                let work = || size.store(pool_here().len(), Ordering::Relaxed);
                sweep(
                    &[threads(cores + more)],
                    threads(1),
                    || Duration::ZERO,
                    work,
                )?;
                Ok((cores, size.into_inner()))
            },
            |more, &(cores, size)| expect_pool(cores + more, cores, size),
        );
    }

    #[test]
    fn a_sweep_over_no_counts_has_no_steps() {
        claim_sweep(no_counts(), SweepLog::is_empty);
    }

    #[test]
    fn a_sweep_may_run_inside_work() {
        claim_ok(
            cases([2]).label(|runs| format!("counts = [1], runs = {runs}, work sweeps as well")),
            |&runs| {
                let calls = Arc::new(AtomicUsize::new(0));
                let inner = Arc::clone(&calls);
                let still = || Duration::ZERO;
                let work = move || {
                    let count = || _ = inner.fetch_add(1, Ordering::Relaxed);
                    _ = sweep(&[threads(1)], threads(1), still, count);
                };
                let swept = move || sweep(&[threads(1)], threads(runs), still, work).map(drop);
                let ended = in_time(Duration::from_secs(5), swept).transpose()?;
                Ok(ended.map(|()| calls.load(Ordering::Relaxed)))
            },
            |runs, ended| {
                let Some(calls) = *ended else {
                    let expected = "steps: several sweeps may run at the same time";
                    return Mismatch::unless(false, "it does not come back", expected);
                };
                let expected = 2 * (runs + 1);
                Mismatch::unless(calls == expected, format!("{calls} calls inside"), expected)
            },
        );
    }

    /// One thread starts and many do not, so the work of a sweep that begins before all pools are there is called.
    #[test]
    fn a_sweep_whose_threads_do_not_start_is_an_error() {
        let still = || Duration::ZERO;
        refusal::claim_error(|count, work| {
            sweep(&[threads(1), count], threads(1), still, work).map(drop)
        });
    }

    #[test]
    fn a_panic_in_the_work_of_a_sweep_reaches_the_caller() {
        /// With one run: two to warm up, and two that are timed.
        const CALLS: usize = 4;
        // More runs than 16 bits count, than 32 bits count, and than a list can hold. Only the first calls of them are made.
        let endless = [usize::MAX, 1 << 16, 1 << (usize::BITS / 2)];
        claim(
            cases(
                [(1, 0), (1, CALLS - 1)]
                    .into_iter()
                    .chain(endless.map(|runs| (runs, 2))),
            )
            .and_random(move |random| {
                let runs = [1, endless[random.usize(..endless.len())]];
                (runs[random.usize(..2)], random.usize(..CALLS))
            })
            .times(2)
            .label(|(runs, call)| {
                let call = call + 1;
                format!("counts = [1, 2], runs = {runs}, work panics in call {call}")
            }),
            |&(runs, panicking)| {
                let still = || Duration::ZERO;
                let sweep_with = |runs, panicking| {
                    let calls = AtomicUsize::new(0);
                    let work = || {
                        if calls.fetch_add(1, Ordering::Relaxed) == panicking {
                            panic::resume_unwind(Box::new("from work"));
                        }
                    };
                    sweep(&[1, 2].map(threads), threads(runs), still, work).is_ok()
                };
                let _ = sweep_with(1, CALLS);
                let outcome = panic::catch_unwind(|| sweep_with(runs, panicking));
                outcome.err().map(|panic| refusal::message(&*panic))
            },
            |_, panic| expect_panic("from work", panic),
        );
    }

    /// Work panics in its last call, in which the threads of all pools are known.
    #[test]
    fn the_pools_of_a_sweep_end_with_it() {
        claim_ends(
            3,
            |work| sweep(&[1, 2].map(threads), threads(1), || Duration::ZERO, work).map(drop),
            "none: all pools end with the sweep",
        );
    }

    #[test]
    fn the_knee_is_chosen() {
        // The notebook's single runs.
        let vectors = (1..).zip([46.0, 28.5, 22.5, 19.7, 23.9, 28.1]);
        let tasks = [(1, 6130.0), (2, 3330.0), (4, 2880.0), (8, 2940.0)];
        claim_choice([
            Row {
                name: "500 vectors",
                steps: steps(vectors.map(|(count, time)| (count, [time]))),
                expected: Some(4),
                reason: "fewer are clearly slower, more are too",
            },
            Row {
                name: "100 tasks",
                steps: steps(tasks.map(|(count, time)| (count, [time]))),
                expected: Some(4),
                reason: "fewer are clearly slower, more gain nothing",
            },
        ]);
    }

    /// A search that stops where another thread gains nothing stops at 2.
    #[test]
    fn a_gain_after_a_flat_place_counts() {
        let times = [(1, 100.0), (2, 99.0), (4, 50.0), (8, 50.0)];
        claim_choice([Row {
            name: "a flat place",
            steps: steps(times.map(|(count, time)| (count, [time; 7]))),
            expected: Some(4),
            reason: "the best of all steps is what they are compared with",
        }]);
    }

    #[test]
    fn one_slow_run_changes_nothing() {
        let slow = [50.0, 50.0, 50.0, 800.0, 50.0, 50.0, 50.0];
        claim_choice([Row {
            name: "one slow run of 7",
            steps: steps([(1, [100.0; 7]), (2, slow)]),
            expected: Some(2),
            reason: "one slow run shifts a mean and the end of an interval, not a median",
        }]);
    }

    #[test]
    fn noise_is_not_chased() {
        let spread = [-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5];
        let noisy =
            NOISY_ROW.map(|(count, mean, deviation)| (count, spread.map(|k| mean + k * deviation)));
        claim_choice([Row {
            name: "65 ± 16 to 50.8 ± 1.4 ms",
            steps: steps(noisy),
            expected: Some(2),
            reason: "its interval, 41 to 89 ms, reaches below the best median: nothing shows that more help",
        }]);
    }

    #[test]
    fn one_lucky_run_changes_nothing() {
        let mut lucky = [100.0; 11];
        lucky[4] = 40.0;
        claim_choice([Row {
            name: "one lucky run of 11",
            steps: steps([(1, lucky), (2, [50.0; 11])]),
            expected: Some(2),
            reason: "one lucky run of 11 is outside of the interval",
        }]);
    }

    #[test]
    fn what_gains_less_than_the_tolerance_is_not_worth_a_thread() {
        let nanosecond = 1e-6;
        let times = [
            (1040.0, 2),
            (1060.0, 4),
            (1050.0 - nanosecond, 2),
            (1050.0 + nanosecond, 4),
        ];
        claim_choice(times.map(|(two, expected)| Row {
            name: "no noise",
            steps: steps([(1, [2000.0; 7]), (2, [two; 7]), (4, [1000.0; 7])]),
            expected: Some(expected),
            reason: "up to 5 % above the best median is as good, and not a nanosecond more",
        }));
    }

    /// On two threads the first third of the runs takes longer than on one, and the others less long.
    #[test]
    fn all_times_of_a_step_count() {
        let late = |runs: usize| {
            let times_of = |count, time: fn(bool) -> u64| Step {
                threads: threads(count),
                times: (0..runs)
                    .map(|run| Duration::from_millis(time(run < runs / 3)))
                    .collect(),
            };
            vec![
                times_of(1, |_| 80),
                times_of(2, |early| if early { 100 } else { 50 }),
            ]
        };
        claim_fewest(
            cases([late(300)])
                .and_random(|random| late(random.usize(300..400)))
                .times(2),
        );
    }

    /// The median of 40, 50, 60 and 70 ms is 55 ms, so 57 ms are as good, and 60 ms are not.
    #[test]
    fn the_median_of_an_even_number_of_times_lies_between_two() {
        let of_four = |one, best| [steps([(1, [one; 4])]), steps([(2, best)])].concat();
        claim_fewest(
            cases([57.0, 60.0].map(|one| of_four(one, [40.0, 50.0, 60.0, 70.0])))
                .and_random(|random| {
                    let mut time = || 10.0 + 90.0 * random.f64();
                    let mut best = [(); 4].map(|()| time());
                    best.sort_by(f64::total_cmp);
                    let between = best[1] + (best[2] - best[1]) * random.f64();
                    of_four(1.05 * between, best)
                })
                .times(20),
        );
    }

    #[test]
    fn the_steps_may_stand_in_any_order() {
        let times = [(4, 50.0), (1, 100.0), (3, 51.0), (2, 51.0)];
        claim_choice([Row {
            name: "not in order",
            steps: steps(times.map(|(count, time)| (count, [time; 7]))),
            expected: Some(2),
            reason: "the fewest threads, wherever they stand",
        }]);
    }

    #[test]
    fn steps_without_a_difference_are_as_good() {
        claim_choice([0.0, 1e-6, 1e6].map(|time| Row {
            name: "three equal steps",
            steps: steps([3, 1, 2].map(|count| (count, [time; 7]))),
            expected: Some(1),
            reason: "none is slower than another, even if the clock saw no time pass",
        }));
    }

    #[test]
    fn a_step_that_takes_no_time_is_the_best() {
        claim_choice([Row {
            name: "the clock saw no time pass on two threads",
            steps: steps([(1, [1.0; 7]), (2, [0.0; 7])]),
            expected: Some(2),
            reason: "0 is a time like any other, and less than 1 ms",
        }]);
    }

    #[test]
    fn a_step_with_few_times_counts_as_one_with_many() {
        let few_beside_many = |few, many| {
            let step = |count, runs, time| Step {
                threads: threads(count),
                times: vec![Duration::from_millis(time); runs],
            };
            vec![step(1, many, 100), step(2, few, 50)]
        };
        claim_fewest(
            cases([few_beside_many(3, 9)])
                .and_random(|random| few_beside_many(random.usize(1..4), random.usize(8..12)))
                .times(2),
        );
    }

    #[test]
    fn differences_count_however_short_the_times_are() {
        claim_choice([1e-3, 1e-2, 1e7].map(|unit| Row {
            name: "twice as fast",
            steps: steps([(1, [2.0 * unit; 7]), (2, [unit; 7])]),
            expected: Some(2),
            reason: "one thread takes twice as long as two",
        }));
    }

    #[test]
    fn without_steps_nothing_is_chosen() {
        claim_choice([Row {
            name: "no steps",
            steps: vec![],
            expected: None,
            reason: "there is nothing to choose from",
        }]);
    }

    #[test]
    fn the_fewest_threads_that_are_good_enough_are_chosen() {
        claim_fewest(random_cases(draw_steps).times(40));
    }

    #[test]
    fn the_tolerance_is_kept_to_the_nanosecond() {
        claim_fewest(random_cases(draw_at_the_tolerance).times(10));
    }

    #[test]
    fn a_step_without_times_is_a_panic() {
        let alone = (vec![], 0);
        let others = || steps([(1, [2.0]), (2, [1.0])]);
        claim(
            cases([alone, (others(), 2), (others(), 0), (others(), 1)])
                .and_random(|random| {
                    let steps = draw_steps(random);
                    let place = random.usize(..=steps.len());
                    (steps, place)
                })
                .times(10)
                .label(|(steps, place)| {
                    let (step, all) = (place + 1, steps.len() + 1);
                    format!("step {step} of {all} has no times")
                }),
            |(others, place)| {
                let _ = choose(others);
                let mut all = others.clone();
                all.splice(*place..*place, steps([(3, [])]));
                panics(|| _ = choose(&all))
            },
            |_, &panicked| Mismatch::unless(panicked, "the call returns", "a panic"),
        );
    }

    /// Claims that the threads of all pools in which `call` calls its work have ended after it: when it returns, when its
    /// work panics in its call number `last`, and when it is called in a pool.
    #[track_caller]
    fn claim_ends(
        last: usize,
        call: impl Fn(&(dyn Fn() + Sync)) -> Result<(), ThreadPoolBuildError> + Sync,
        expected: &str,
    ) {
        thread_local!(static HELD: Cell<Option<mpsc::Sender<()>>> = const { Cell::new(None) });
        claim_ok(
            cases([(false, 0), (true, 0), (false, 2)])
                .and_random(|random| (random.bool(), random.usize(..3)))
                .times(4)
                .label(|&(panics, callers)| {
                    let work = if panics { "panics" } else { "returns" };
                    match callers {
                        0 => format!("work {work}"),
                        _ => format!("called in a pool of {callers}, work {work}"),
                    }
                }),
            |&(panics, callers)| {
                let (held, all_ended) = mpsc::channel::<()>();
                let calls = AtomicUsize::new(0);
                let work = || {
                    if rayon::current_thread_index().is_some() {
                        rayon::broadcast(|_| HELD.set(Some(held.clone())));
                    }
                    if calls.fetch_add(1, Ordering::Relaxed) == last && panics {
                        panic::resume_unwind(Box::new("from work"));
                    }
                };
                let run = || panic::catch_unwind(AssertUnwindSafe(|| call(&work)));
                let outcome = match callers {
                    0 => run(),
                    _ => KnownPool::of(callers).install(run),
                };
                match outcome {
                    Ok(outcome) => outcome?,
                    Err(panic) if !panics => panic::resume_unwind(panic),
                    Err(_) => (),
                }
                drop(held);
                // A thread lets go of its sender when it ends. The limit is for a busy machine.
                let heard = all_ended.recv_timeout(Duration::from_secs(2));
                Ok(heard == Err(RecvTimeoutError::Disconnected))
            },
            |_, &all_ended| {
                let seen = "after the call, threads of its pool are still there";
                Mismatch::unless(all_ended, seen, expected)
            },
        );
    }

    fn expect_panic(words: &str, panic: &Option<String>) -> Result<(), Mismatch> {
        let seen = match panic {
            Some(panic) => format!("the caller panics with {panic:?}"),
            None => "the call returns".to_owned(),
        };
        let expected = format!("the caller panics with {words:?}");
        Mismatch::unless(panic.as_deref() == Some(words), seen, expected)
    }

    /// `size` is that of the pool in which work finds itself, asked for with `count` threads on a machine of `cores`.
    fn expect_pool(count: usize, cores: usize, size: usize) -> Result<(), Mismatch> {
        let remark = match size == cores {
            true => ", as many as there are cores",
            false => "",
        };
        Mismatch::unless(
            size == count,
            format!("work finds itself in a pool of {size}{remark}"),
            format!("a pool of {count}, whatever the machine offers"),
        )
    }

    #[track_caller]
    fn claim_counts(cases: Cases<usize>) {
        claim(
            cases.label(|most| format!("most = {most}")),
            |&most| {
                let counts = thread_counts(threads(most)).into_iter();
                counts.map(NonZeroUsize::get).collect::<Vec<_>>()
            },
            |&most, counts| {
                let powers = (0..usize::BITS).map(|power| 1 << power);
                let below = powers.filter(|&count| count < most);
                let expected: Vec<usize> = below.chain([most]).collect();
                Mismatch::unless(
                    *counts == expected,
                    format!("{counts:?}"),
                    format!("{expected:?}: from 1, with which all is compared, up to {most}"),
                )
            },
        );
    }

    /// Of any order of magnitude.
    fn any_count(random: &mut Rng) -> usize {
        (random.usize(..) >> random.u32(..usize::BITS)).max(1)
    }

    /// From a nanosecond to a day, short ones as often as long ones.
    fn any_time(random: &mut Rng) -> Duration {
        Duration::from_nanos(10_f64.powf(14.0 * random.f64()) as u64)
    }
}

mod concurrent {
    use super::*;

    #[test]
    fn one_thread_works_alone() {
        claim_ok(
            counts([1]),
            |&count| {
                let probe = Probe::new();
                let work = || {
                    (0..64)
                        .into_par_iter()
                        .with_max_len(1)
                        .for_each(|task| probe.call(task, || ()))
                };
                with_threads(threads(count), work)?;
                Ok(probe.log().threads().len())
            },
            |_, &workers| {
                Mismatch::unless(
                    workers == 1,
                    format!("64 tasks are done by {workers} threads"),
                    "by one, since one was asked for",
                )
            },
        );
    }

    #[test]
    fn all_threads_work_at_once() {
        claim_ok(
            counts([2, 5])
                .and_random(|random| random.usize(2..7))
                .times(5),
            |&count| {
                let all = Rendezvous::new(count, Rendezvous::MEET_LIMIT);
                with_threads(threads(count), || all_arrive(count, &all))?;
                Ok(all.met())
            },
            |count, &met| {
                let seen = format!("never {count} threads at work at once");
                Mismatch::unless(met, seen, "all of them at once, even on fewer cores")
            },
        );
    }

    #[test]
    fn two_threads_are_at_work_all_the_time() {
        let at = RandomIntegrand {
            samples: Samples {
                a: 0.0,
                b: 2.0,
                n: 64,
            },
            seed: 1,
        };
        claim_overlap(
            cases([at])
                .and_random(|random| RandomIntegrand::draw(random, 0).of(busy_calls(random)))
                .times(1),
            |at| at.samples.n,
            |at, gate| {
                let Samples { a, b, n } = at.samples;
                let area = || integrate_parallel(|x| gate.call(|| at.f(x)), a, b, n);
                with_threads(threads(2), area).map_err(|error| error.to_string())
            },
            |at, area| at.has_area(0..at.samples.n, *expect_ok(area)?),
        );
    }

    #[test]
    fn what_work_does_in_parallel_stays_in_its_pool() {
        claim_ok(
            counts([3]).and_random(few).times(5),
            |&count| {
                let probe = Probe::new();
                let nested = || {
                    let row = |_| {
                        (0..8)
                            .into_par_iter()
                            .for_each(|item| probe.call(item, || ()))
                    };
                    (0..8).into_par_iter().for_each(row);
                    pool_here()
                };
                let pool = pool_of_two().install(|| with_threads(threads(count), nested))?;
                Ok(probe.log().threads().difference(&pool).count())
            },
            |count, &strangers| {
                Mismatch::unless(
                    strangers == 0,
                    format!("a parallel loop in a parallel loop: {strangers} other threads"),
                    format!("the {count} threads of the pool and no other"),
                )
            },
        );
    }

    #[test]
    fn two_pools_work_side_by_side() {
        claim_ok(
            cases([[2, 2]])
                .and_random(|random| [random.usize(1..4), random.usize(1..4)])
                .times(5)
                .label(|counts| format!("two calls at once, threads = {counts:?}")),
            |counts| {
                let all = Rendezvous::new(counts.iter().sum(), Rendezvous::MEET_LIMIT);
                let work = |count| {
                    all_arrive(count, &all);
                    pool_here()
                };
                let [one, other] = thread::scope(|scope| {
                    let calls = counts.map(|count| {
                        scope.spawn(move || with_threads(threads(count), move || work(count)))
                    });
                    calls.map(|call| {
                        call.join()
                            .unwrap_or_else(|panic| panic::resume_unwind(panic))
                    })
                });
                Ok((one?.intersection(&other?).count(), all.met()))
            },
            |counts, &(shared, met)| {
                Mismatch::unless(
                    shared == 0,
                    format!("{shared} threads are in both pools"),
                    "two pools with no thread in common",
                )?;
                let all: usize = counts.iter().sum();
                Mismatch::unless(
                    met,
                    format!(
                        "never {all} threads at work at once: does one call wait for the other?"
                    ),
                    "both pools at work at once",
                )
            },
        );
    }

    #[test]
    fn a_sweep_runs_work_on_all_threads_of_a_pool() {
        claim_ok(
            cases([3])
                .and_random(|random| random.usize(2..6))
                .times(3)
                .label(|count| format!("counts = [{count}]")),
            |&count| {
                let all = Rendezvous::new(count, Rendezvous::MEET_LIMIT);
                let work = || all_arrive(count, &all);
                sweep(&[threads(count)], threads(1), || Duration::ZERO, work)?;
                Ok(all.met())
            },
            |count, &met| {
                let seen = format!("never {count} threads at work at once");
                Mismatch::unless(met, seen, "all of them")
            },
        );
    }

    fn all_arrive(tasks: usize, rendezvous: &Rendezvous) {
        let tasks = (0..tasks).into_par_iter().with_max_len(1);
        tasks.for_each(|_| rendezvous.arrive());
    }
}

mod speed {
    use super::workloads;

    #[test]
    #[ignore = "needs the machine to itself: `cargo xtask check 04` runs it"]
    fn a_pool_of_all_cores_beside_the_serial_loop() {
        testkit::paired::report(&workloads::all());
    }
}

/// Claims that the pools of a call start, which they have no reason not to do, and that `judge` accepts what it returns.
#[track_caller]
fn claim_ok<C, A: Answer>(
    cases: Cases<C>,
    call: impl Fn(&C) -> Result<A, ThreadPoolBuildError>,
    judge: impl Fn(&C, &A) -> Result<(), Mismatch>,
) {
    claim(
        cases,
        |case| call(case).map_err(|error| error.to_string()),
        |case, outcome| judge(case, expect_ok(outcome)?),
    );
}

fn expect_ok<A>(outcome: &Result<A, String>) -> Result<&A, Mismatch> {
    outcome.as_ref().map_err(|error| Mismatch {
        actual: format!("Err: {error}"),
        expected: "Ok, every time".to_owned(),
    })
}

fn counts<'a, const CASES: usize>(fixed: [usize; CASES]) -> Cases<'a, usize> {
    cases(fixed).label(label_count)
}

fn label_count(count: &usize) -> String {
    format!("threads = {count}")
}

fn few(random: &mut Rng) -> usize {
    random.usize(1..8)
}

fn threads(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).expect("no case has zero threads")
}
