//! What is asked of a submission that is graded: cases that nobody has seen, drawn anew for each.

use std::sync::atomic::{AtomicUsize, Ordering};

use fastrand::Rng;
use testkit::{Examination, Mismatch, Question, busy_work, busy_calls, pool_of_two};

/// The function under test takes any items and any question; here they are always of these types.
pub type Holds<'a> = &'a (dyn Fn(&u64) -> bool + Sync);

/// The questions to one function.
pub fn declared(count: fn(&[u64], Holds) -> usize) -> Examination {
    let in_a_pool =
        move |items: &[u64], holds: Holds| pool_of_two().install(|| count(items, holds));
    Examination::of([
        Question::new(
            "whatever holds is counted, each item asked once",
            |random| case(random, 2000),
            move |(items, divisor)| {
                let calls = AtomicUsize::new(0);
                let counted = in_a_pool(items, &|item| {
                    calls.fetch_add(1, Ordering::Relaxed);
                    item % divisor == 0
                });
                (counted, calls.into_inner())
            },
            |(items, divisor), (counted, calls)| {
                let n = items.len();
                Mismatch::unless(*calls == n, format!("{n} items: {calls} calls"), n)?;
                is_count(items, *divisor, *counted)
            },
        ),
        Question::in_company(
            "two items are asked at the same time",
            |random| {
                let (_, divisor) = case(random, 0);
                let n = busy_calls(random);
                let items: Vec<u64> = (0..n).map(|_| random.u64(..)).collect();
                (items, divisor)
            },
            |(items, _)| items.len(),
            move |(items, divisor), company| {
                in_a_pool(items, &|item| company.call(|| busy_work(item % divisor == 0)))
            },
            |(items, divisor), counted| is_count(items, *divisor, *counted),
        ),
    ])
}

/// Random items, up to so many, and what those that are counted are to be divisible by.
fn case(random: &mut Rng, most: usize) -> (Vec<u64>, u64) {
    let items = (0..random.usize(..=most)).map(|_| random.u64(..));
    (items.collect(), random.u64(1..10))
}

fn is_count(items: &[u64], divisor: u64, counted: usize) -> Result<(), Mismatch> {
    let expected = items.iter().filter(|item| *item % divisor == 0).count();
    Mismatch::unless(
        counted == expected,
        format!(
            "{} random items: {counted} are divisible by {divisor}",
            items.len()
        ),
        expected,
    )
}

/// The questions to the function of a crate: `questions!(a_new_lesson)`.
#[macro_export]
macro_rules! questions {
    ($subject:ident) => {
        $crate::questions::declared(|items, holds| $subject::count(items, holds))
    };
}
