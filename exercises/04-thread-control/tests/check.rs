//! What lesson 04 asks for, in the order in which its reader meets it.
//!
//! No check uses rayon outside of a pool: that would start the global pool, which one check finds untouched.

use std::cell::Cell;
use std::iter;
use std::num::NonZeroUsize;
use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use lesson::Step;
use rayon::prelude::*;
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use testkit::{AllocationMeter, Probe, Rendezvous, cores_offered, expect, pool_of_two};
use thread_control::*;

mod figures;
mod refusal;
mod swept;
mod workloads;

use figures::{NOISY_ROW, expect_choice, expect_fraction, expect_ratio, step};
use swept::{Swept, pool_here, threads};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

mod correct {
    use super::*;

    #[test]
    fn work_is_done_once_and_its_result_returned() {
        for count in [1, 2, 3, 2] {
            let (words, calls) = (["a", "few", "words"], AtomicUsize::new(0));
            let sentence = on(count, || {
                calls.fetch_add(1, Ordering::Relaxed);
                words.join(" ")
            });
            let calls = calls.into_inner();
            expect(
                sentence == "a few words" && calls == 1,
                format!("threads = {count}: {sentence:?} after {calls} calls of work"),
                "\"a few words\" after 1 call: what work returns is handed on",
            );
        }
    }

    #[test]
    fn work_runs_on_a_thread_of_a_pool() {
        let caller = thread::current().id();
        let here = || (thread::current().id(), rayon::current_thread_index());
        let (thread, index) = on(2, here);
        let whose = match thread == caller {
            true => "the caller's own thread",
            false => "a thread that belongs to no pool",
        };
        expect(
            index.is_some() && thread != caller,
            format!("threads = 2: work runs on {whose}"),
            "a thread of the new pool: what work does in parallel elsewhere goes to the global pool",
        );
    }

    #[test]
    fn the_pool_has_exactly_so_many_threads() {
        let offered = cores_offered().get();
        for count in [1, 2, 3, offered + 1, 4 * offered + 1] {
            let seen = on(count, || pool_here().len());
            let remark = match seen == offered {
                true => ", as many as there are cores",
                false => "",
            };
            expect(
                seen == count,
                format!("threads = {count}: work finds itself in a pool of {seen}{remark}"),
                format!("a pool of {count}, whatever the machine offers"),
            );
        }
    }

    #[test]
    fn a_caller_in_a_pool_of_its_own_gets_another_pool() {
        let outer = pool_of_two();
        let inner = outer.install(|| on(2, pool_here));
        let shared = inner.iter().filter(|&&thread| outer.has(thread)).count();
        let size = inner.len();
        expect(
            shared == 0 && size == 2,
            format!(
                "called in a pool of 2, threads = 2: a pool of {size}, {shared} of them the caller's"
            ),
            "a pool of 2 other threads: the caller's have work of their own",
        );
    }

    #[test]
    fn calls_can_be_nested() {
        let (before, inner, after) = on(3, || (pool_here(), on(2, pool_here), pool_here()));
        let sizes = [&before, &inner, &after].map(|pool| pool.len());
        expect(
            inner.is_disjoint(&before) && sizes == [3, 2, 3],
            format!("threads = 3, inside it 2, and back: pools of {sizes:?}"),
            "pools of [3, 2, 3]: the inner one begins and ends inside the outer one",
        );
    }

    #[test]
    fn the_pool_ends_with_the_call() {
        thread_local!(static HELD: Cell<Option<mpsc::Sender<()>>> = const { Cell::new(None) });
        let (held, all_ended) = mpsc::channel::<()>();
        on(2, move || {
            rayon::broadcast(|_| HELD.set(Some(held.clone())));
        });
        // A thread lets go of its sender when it ends. The limit is for a busy machine.
        let told = all_ended.recv_timeout(Duration::from_secs(2));
        expect(
            told == Err(RecvTimeoutError::Disconnected),
            "threads = 2: after the call, threads of its pool are still there",
            "none: the pool is started for the call and ends with it",
        );
    }

    #[test]
    fn a_panic_in_work_reaches_the_caller() {
        // Resumed and not begun, so that it prints nothing.
        let panics = || panic::resume_unwind(Box::new("from work"));
        let outcome = panic::catch_unwind(|| with_threads::<()>(threads(2), panics));
        let seen = match outcome {
            Err(panic) => format!("the caller panics with {:?}", refusal::message(&*panic)),
            Ok(_) => "the call returns".to_owned(),
        };
        let expected = "the caller panics with \"from work\"";
        expect(
            seen == expected,
            format!("work panics with \"from work\": {seen}"),
            expected,
        );
    }

    #[test]
    fn the_global_pool_stays_untouched() {
        on(2, || (0..4).into_par_iter().for_each(|_| ()));
        let set_up = ThreadPoolBuilder::new().num_threads(2).build_global();
        let error = set_up.err().map(|error| error.to_string());
        expect(
            error.is_none(),
            format!("after with_threads, a program sets up its global pool: {error:?}"),
            "no error: the global pool is for the program to set up, once",
        );
    }

    #[test]
    fn threads_that_do_not_start_are_an_error() {
        refusal::expect_error(
            concat!(module_path!(), "::threads_that_do_not_start_are_an_error"),
            |count, work| with_threads(count, work),
        );
    }

    #[test]
    fn speed_up_is_how_many_times_as_fast() {
        for (serial, parallel) in [(6.0, 2.0), (1.0, 2.0), (3.0, 3.0), (0.75, 0.25)] {
            let [from, to] = [serial, parallel].map(Duration::from_secs_f64);
            expect_ratio(
                format!("serial {serial} s, parallel {parallel} s: the speed-up is"),
                speed_up(from, to),
                serial / parallel,
            );
        }
    }

    #[test]
    fn efficiency_is_a_threads_share_of_the_speed_up() {
        for (speed_up, count) in [(3.0, 4), (4.0, 4), (0.5, 2), (1.0, 1)] {
            expect_ratio(
                format!("speed-up {speed_up} on {count} threads: the efficiency is"),
                efficiency(speed_up, threads(count)),
                speed_up / count as f64,
            );
        }
    }

    #[test]
    fn one_thread_has_no_serial_fraction() {
        for speed_up in [1.0, 0.9] {
            let fraction = karp_flatt(speed_up, threads(1));
            expect(
                fraction.is_none(),
                format!("speed-up {speed_up} on 1 thread: the serial fraction is {fraction:?}"),
                "None: 1 − 1/p is 0, and one thread cannot show what would have been split",
            );
        }
    }

    /// Amdahl's law: work of which the part `fraction` cannot be split takes `fraction + (1 − fraction) / p` of its time.
    #[test]
    fn the_serial_fraction_explains_the_speed_up() {
        let mut random = fastrand::Rng::with_seed(4);
        let drawn = iter::repeat_with(|| (random.f64(), random.usize(2..100))).take(50);
        let chosen = [(0.25, 4), (0.0, 2), (1.0, 2), (-0.2, 2)];
        for (fraction, count) in chosen.into_iter().chain(drawn) {
            let speed_up = 1.0 / (fraction + (1.0 - fraction) / count as f64);
            expect_fraction(speed_up, count, fraction, 1e-9);
        }
    }

    /// Its times have three digits, so the fractions have two.
    #[test]
    fn the_notebooks_processes_lose_ever_more() {
        let serial = Duration::from_secs_f64(6.13);
        for (count, seconds, fraction) in [(2, 3.33, 0.09), (4, 2.88, 0.29), (8, 2.94, 0.41)] {
            let speed_up = speed_up(serial, Duration::from_secs_f64(seconds));
            expect_fraction(speed_up, count, fraction, 0.005);
        }
    }

    #[test]
    fn counts_begin_with_1_are_doubled_and_end_with_the_most() {
        for expected in [
            &[1][..],
            &[1, 2],
            &[1, 2, 3],
            &[1, 2, 4, 6],
            &[1, 2, 4, 8],
            &[1, 2, 4, 8, 16, 32, 64, 100],
        ] {
            let most = expected[expected.len() - 1];
            let counts = thread_counts(threads(most));
            let counts: Vec<usize> = counts.into_iter().map(NonZeroUsize::get).collect();
            expect(
                counts == expected,
                format!("most = {most}: {counts:?}"),
                format!("{expected:?}: from 1, with which all is compared, up to {most}"),
            );
        }
    }

    #[test]
    fn counts_overflow_nothing() {
        for (most, expected) in [(usize::MAX, 65), (usize::MAX / 2 + 1, 64)] {
            let counts = thread_counts(threads(most)).len();
            let missing = 64 - usize::BITS as usize;
            expect(
                counts == expected - missing,
                format!("most = {most}: {counts} counts"),
                format!("{} counts", expected - missing),
            );
        }
    }

    #[test]
    fn a_sweep_keeps_all_times_of_every_count() {
        let swept = Swept::over(&COUNTS, RUNS);
        let shape = |step: &Step| (step.threads.get(), step.times.len());
        let seen: Vec<_> = swept.steps.iter().map(shape).collect();
        let expected = COUNTS.map(|count| (count, RUNS));
        expect(
            seen == expected,
            format!("{}: (threads, times) of the steps {seen:?}", swept.case),
            format!("{expected:?}: in the given order, with the time of every run"),
        );
    }

    #[test]
    fn a_sweep_calls_work_in_pools_of_these_sizes() {
        let swept = Swept::over(&COUNTS, RUNS);
        let sizes = swept.sizes();
        expect(
            COUNTS.iter().all(|count| sizes.contains(count)),
            format!("{}: calls on {sizes:?} threads (0: in no pool)", swept.case),
            "calls in a pool of 1, in one of 3 and in one of 2",
        );
    }

    #[test]
    fn a_sweep_starts_one_pool_for_each_count() {
        let swept = Swept::over(&COUNTS, RUNS);
        for count in COUNTS {
            let (calls, pools) = (swept.calls_on(count).count(), swept.pools_of(count));
            expect(
                pools == 1,
                format!(
                    "{}: {calls} calls on {count} threads in {pools} pools",
                    swept.case
                ),
                "1 pool: started once, and not for every call",
            );
        }
    }

    #[test]
    fn a_sweep_warms_up_every_pool() {
        let swept = Swept::over(&COUNTS, RUNS);
        for count in COUNTS {
            let calls = swept.calls_on(count).count();
            let remark = match calls {
                RUNS => ", none to warm up",
                _ => "",
            };
            expect(
                calls == RUNS + 1,
                format!("{}: {calls} calls on {count} threads{remark}", swept.case),
                format!("{}: 1 to warm the pool up, {RUNS} to be timed", RUNS + 1),
            );
        }
    }

    #[test]
    fn a_sweep_goes_in_rounds() {
        let swept = Swept::over(&COUNTS, RUNS);
        let sizes = swept.sizes();
        let timed = sizes.get(COUNTS.len()..).unwrap_or(&[]);
        expect(
            timed.chunks(COUNTS.len()).all(|round| round == COUNTS),
            format!("{}: after the warm-up on {timed:?} threads", swept.case),
            format!("{COUNTS:?} again and again: a busy moment then strikes all counts alike"),
        );
    }

    #[test]
    fn a_sweep_tells_what_each_call_took() {
        let swept = Swept::over(&COUNTS, RUNS);
        for step in &swept.steps {
            let calls = swept.calls_on(step.threads.get());
            let took: Vec<Duration> = calls.map(|call| call.took).collect();
            let timed = took.get(1..).unwrap_or(&[]);
            let remark = match step.times.first() == took.first() {
                true => ", the first from the warm-up",
                false => "",
            };
            expect(
                step.times == timed,
                format!(
                    "{}: times on {} threads {:?}{remark}",
                    swept.case, step.threads, step.times
                ),
                format!("{timed:?}, by the clock that is given"),
            );
        }
    }

    #[test]
    fn a_sweep_over_no_counts_has_no_steps() {
        let swept = Swept::over(&[], RUNS);
        let (steps, calls) = (swept.steps.len(), swept.calls.len());
        expect(
            steps == 0 && calls == 0,
            format!("{}: {steps} steps after {calls} calls of work", swept.case),
            "no step and no call",
        );
    }

    #[test]
    fn a_sweep_whose_threads_do_not_start_is_an_error() {
        let still = || Duration::ZERO;
        refusal::expect_error(
            concat!(
                module_path!(),
                "::a_sweep_whose_threads_do_not_start_is_an_error"
            ),
            |count, work| sweep(&[count], threads(1), still, work).map(drop),
        );
    }

    /// The notebook's single runs.
    #[test]
    fn the_knee_is_chosen() {
        let vectors = [46.0, 28.5, 22.5, 19.7, 23.9, 28.1];
        let steps: Vec<Step> = (1..)
            .zip(vectors)
            .map(|(count, time)| step(count, [time]))
            .collect();
        expect_choice(
            "500 vectors",
            &steps,
            4,
            "fewer are clearly slower, more are too",
        );
        let tasks = [(1, 6130.0), (2, 3330.0), (4, 2880.0), (8, 2940.0)];
        let steps = tasks.map(|(count, time)| step(count, [time]));
        expect_choice(
            "100 tasks",
            &steps,
            4,
            "fewer are clearly slower, more gain nothing",
        );
    }

    #[test]
    fn one_slow_run_changes_nothing() {
        let slow = [50.0, 50.0, 50.0, 800.0, 50.0, 50.0, 50.0];
        let steps = [step(1, [100.0; 7]), step(2, slow)];
        let why = "one slow run shifts a mean and the end of an interval, not a median";
        expect_choice("one slow run of 7", &steps, 2, why);
    }

    #[test]
    fn noise_is_not_chased() {
        let spread = [-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5];
        let steps = NOISY_ROW
            .map(|(count, mean, deviation)| step(count, spread.map(|k| mean + k * deviation)));
        let why = "its interval, 41 to 89 ms, reaches below the best median: nothing shows that more help";
        expect_choice("65 ± 16 to 50.8 ± 1.4 ms", &steps, 2, why);
    }

    #[test]
    fn one_lucky_run_changes_nothing() {
        let mut lucky = [100.0; 11];
        lucky[4] = 40.0;
        let steps = [step(1, lucky), step(2, [50.0; 11])];
        let why = "one lucky run of 11 is outside of the interval";
        expect_choice("one lucky run of 11", &steps, 2, why);
    }

    #[test]
    fn what_gains_less_than_the_tolerance_is_not_worth_a_thread() {
        for (two, expected) in [(52.0, 2), (53.0, 4)] {
            let steps =
                [(1, 100.0), (2, two), (4, 50.0)].map(|(count, time)| step(count, [time; 7]));
            let why = "up to 5 % above the best median is as good";
            expect_choice("no noise", &steps, expected, why);
        }
    }

    #[test]
    fn the_steps_may_stand_in_any_order() {
        let steps = [(4, 50.0), (1, 100.0), (3, 51.0), (2, 51.0)]
            .map(|(count, time)| step(count, [time; 7]));
        expect_choice(
            "not in order",
            &steps,
            2,
            "the fewest threads, wherever they stand",
        );
    }

    #[test]
    fn without_steps_nothing_is_chosen() {
        let chosen = choose(&[]);
        expect(chosen.is_none(), format!("no steps: {chosen:?}"), "None");
    }

    const COUNTS: [usize; 3] = [1, 3, 2];
    const RUNS: usize = 4;
}

mod concurrent {
    use super::*;

    #[test]
    fn one_thread_works_alone() {
        let two = Rendezvous::new(2, Rendezvous::NO_MEETING_LIMIT);
        on(1, || all_arrive(8, &two));
        expect(
            !two.met(),
            "threads = 1: two threads at work at once",
            "one, since one was asked for",
        );
    }

    #[test]
    fn all_threads_work_at_once() {
        for count in [2, 5] {
            let all = Rendezvous::new(count, Rendezvous::MEET_LIMIT);
            on(count, || all_arrive(count, &all));
            expect(
                all.met(),
                format!("threads = {count}: never {count} threads at work at once"),
                "all of them at once, even on fewer cores",
            );
        }
    }

    #[test]
    fn what_work_does_in_parallel_stays_in_its_pool() {
        let (outer, probe) = (pool_of_two(), Probe::new());
        let visit = |item: usize| probe.call(item, || ());
        let nested = || {
            let row = |_| (0..8).into_par_iter().for_each(visit);
            (0..8).into_par_iter().for_each(row);
            pool_here()
        };
        let pool = outer.install(|| on(3, nested));
        let strangers = probe.log().threads().difference(&pool).count();
        expect(
            strangers == 0,
            format!("a parallel loop in a parallel loop, threads = 3: {strangers} other threads"),
            "the 3 threads of the pool and no other",
        );
    }

    #[test]
    fn two_pools_work_side_by_side() {
        let four = Rendezvous::new(4, Rendezvous::MEET_LIMIT);
        let work = || {
            all_arrive(2, &four);
            pool_here()
        };
        let pools = thread::scope(|scope| {
            let calls = [(); 2].map(|()| scope.spawn(|| on(2, work)));
            calls.map(|call| {
                call.join()
                    .unwrap_or_else(|panic| panic::resume_unwind(panic))
            })
        });
        let shared = pools[0].intersection(&pools[1]).count();
        expect(
            shared == 0,
            format!("two calls at once, threads = 2: {shared} threads are in both pools"),
            "two pools of 2, with no thread in common",
        );
        expect(
            four.met(),
            "two calls at once, threads = 2: never four threads at work at once: does one call wait for the other?",
            "both pools at work at once",
        );
    }

    #[test]
    fn a_sweep_runs_work_on_all_threads_of_a_pool() {
        let three = Rendezvous::new(3, Rendezvous::MEET_LIMIT);
        let swept = sweep(
            &[threads(3)],
            threads(1),
            || Duration::ZERO,
            || all_arrive(3, &three),
        );
        expect_ok("counts = [3], runs = 1", swept);
        expect(
            three.met(),
            "counts = [3]: never three threads at work at once",
            "all three",
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

/// `with_threads`, where it has no reason to fail.
#[track_caller]
fn on<T: Send>(count: usize, work: impl FnOnce() -> T + Send) -> T {
    let case = format!("threads = {count}");
    expect_ok(&case, with_threads(threads(count), work))
}

#[track_caller]
fn expect_ok<T>(case: &str, outcome: Result<T, ThreadPoolBuildError>) -> T {
    if let Err(error) = &outcome {
        expect(false, format!("{case}: Err: {error}"), "Ok, every time");
    }
    outcome.expect("an error has been told")
}
