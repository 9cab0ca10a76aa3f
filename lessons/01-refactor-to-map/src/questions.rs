//! What is asked of a submission that is graded: cases that nobody has seen, drawn anew for each.

mod heights;
mod items;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fastrand::Rng;
use testkit::{
    AllocationMeter, Allocations, Examination, Interleaver, Mismatch, Question, RandomIntegrand,
    Samples, busy_calls, busy_work, pool_of_two,
};

use heights::Heights;
use items::Items;

/// What `integrate_map` is given: nothing says that it may be shared with another thread.
pub type Height<'a> = &'a dyn Fn(f64) -> f64;

/// What `integrate_parallel` is given.
pub type SharedHeight<'a> = &'a (dyn Fn(f64) -> f64 + Sync);

/// What `parallel_map` is given for its items.
pub type Kernel<'a> = &'a (dyn Fn(&u64) -> u64 + Sync);

/// The questions to three functions.
pub fn declared(
    integrate_map: fn(Height, Samples) -> f64,
    parallel_map: fn(&[u64], Kernel) -> Vec<u64>,
    integrate_parallel: fn(SharedHeight, Samples) -> f64,
) -> Examination {
    let in_parallel =
        move |f: SharedHeight, samples| pool_of_two().install(|| integrate_parallel(f, samples));
    Examination::of([
        Question::new(
            "integrate_map takes every sample once and hides no NaN",
            Heights::drawn,
            move |at| integrate_map(&|x| at.height(x), at.weighed.samples).to_bits(),
            Heights::have_area,
        ),
        Question::of_bytes(
            "integrate_map makes no list of the samples",
            many_samples,
            move |at| allocated(|| integrate_map(&|x| at.f(x), at.samples)),
            less_than_a_list,
        ),
        Question::new(
            "parallel_map calls f once for each item, and result i is f(&items[i])",
            Items::drawn,
            move |case| {
                let calls = AtomicUsize::new(0);
                let results = pool_of_two().install(|| {
                    parallel_map(&case.items, &|item| {
                        calls.fetch_add(1, Ordering::Relaxed);
                        case.result(item)
                    })
                });
                (results, calls.into_inner())
            },
            |case, (results, calls)| {
                let n = case.items.len();
                let seen = format!("{n} items, f random: {calls} calls of f");
                Mismatch::unless(*calls == n, seen, format!("{n} calls"))?;
                case.are_results(results)
            },
        ),
        Question::new(
            "parallel_map keeps the order of the items when two threads work in step",
            |random| Items::of(random.usize(64..200), random),
            move |case| {
                let interleaver = Interleaver::new(STEP_LIMIT);
                pool_of_two().install(|| {
                    parallel_map(&case.items, &|item| {
                        interleaver.step();
                        case.result(item)
                    })
                })
            },
            |case, results| case.are_results(results),
        )
        .in_cases(5),
        Question::of_threads(
            "parallel_map uses no more threads than the caller's pool",
            |random| Items::of(64, random),
            move |case, probe| {
                let f = |item: &u64| probe.call((), || case.result(item));
                parallel_map(&case.items, &f);
            },
        ),
        Question::in_company(
            "parallel_map works on two items at the same time",
            |random| Items::of(busy_calls(random), random),
            |case| case.items.len(),
            move |case, company| {
                let f = |item: &u64| company.call(|| busy_work(case.result(item)));
                pool_of_two().install(|| parallel_map(&case.items, &f))
            },
            |case, results| case.are_results(results),
        ),
        Question::new(
            "integrate_parallel takes every sample once and hides no NaN",
            Heights::drawn,
            move |at| in_parallel(&|x| at.height(x), at.weighed.samples).to_bits(),
            Heights::have_area,
        ),
        Question::of_bytes(
            "integrate_parallel makes no list of the samples",
            many_samples,
            move |at| {
                let pool = pool_of_two();
                allocated(|| pool.install(|| integrate_parallel(&|x| at.f(x), at.samples)))
            },
            less_than_a_list,
        ),
        Question::of_threads(
            "integrate_parallel uses no more threads than the caller's pool",
            |random| RandomIntegrand::draw(random, 0).of(64),
            move |at, probe| {
                integrate_parallel(&|x| probe.call((), || at.f(x)), at.samples);
            },
        ),
        Question::in_company(
            "integrate_parallel works on two samples at the same time",
            |random| RandomIntegrand::draw(random, 0).of(busy_calls(random)),
            |at| at.samples.n,
            move |at, company| in_parallel(&|x| company.call(|| busy_work(at.f(x))), at.samples),
            |at, area| at.has_area(0..at.samples.n, *area),
        ),
    ])
}

/// A second thread that has not come by then is not waited for: serial code loses no order.
const STEP_LIMIT: Duration = Duration::from_millis(100);

fn allocated(integral: impl FnOnce() -> f64) -> Allocations {
    AllocationMeter::new().measure(integral).1
}

fn many_samples(random: &mut Rng) -> RandomIntegrand {
    let weighed = RandomIntegrand::draw(random, 0);
    weighed.of(random.usize(15_000..25_000))
}

/// Room for threads, their queues and their partial sums, none of which grows with the samples; a list of them takes more.
fn less_than_a_list(at: &RandomIntegrand) -> (String, usize) {
    (format!("n = {}", at.samples.n), 65_536)
}

/// The questions to the functions of a crate: `questions!(refactor_to_map)`.
#[macro_export]
macro_rules! questions {
    ($subject:ident) => {
        $crate::questions::declared(
            |f, at| $subject::integrate_map(f, at.a, at.b, at.n),
            |items, f| $subject::parallel_map(items, f),
            |f, at| $subject::integrate_parallel(f, at.a, at.b, at.n),
        )
    };
}
