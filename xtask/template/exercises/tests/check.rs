//! The contract of lesson 00: on which cases, what is called, what must hold.

mod workloads;

use fastrand::Rng;
use testkit::{AllocationMeter, Mismatch, ParallelFn, cases, claim};

use a_new_lesson::count;

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

/// Items, and what those that are counted are divisible by.
type Case = (Vec<u64>, u64);

mod correct {
    use super::*;

    #[test]
    fn what_holds_is_counted() {
        claim(
            cases([(vec![1, 2, 3, 4, 5], 2), (vec![1], 2), (vec![], 1)])
                .and_random(|random| draw_case(random.usize(..2000), random))
                .label(words),
            |(items, divisor)| count(items, |item| item % divisor == 0),
            expect_count,
        );
    }

    #[test]
    fn each_item_is_asked_once() {
        counting().claim_calls();
    }
}

mod concurrent {
    use super::*;

    #[test]
    fn items_are_shared_out_to_all_threads_of_the_pool() {
        counting().claim_sharing();
    }
}

mod speed {
    use super::workloads;

    #[test]
    #[ignore = "needs the machine to itself: `cargo xtask check 00` runs it"]
    fn threads_beat_the_serial_loop() {
        testkit::paired::report(&workloads::all());
    }
}

/// Items that are their own numbers.
fn counting() -> ParallelFn<Case, usize> {
    ParallelFn::new(
        ["holds", "item"],
        |shape, random| ((0..shape.calls as u64).collect(), random.u64(1..10)),
        |(items, _)| items.len(),
        |(items, divisor), kernel| {
            count(items, |item| {
                kernel.call(*item as usize, || item % divisor == 0)
            })
        },
        expect_count,
    )
    .label(words)
}

fn draw_case(n: usize, random: &mut Rng) -> Case {
    let items = (0..n).map(|_| random.u64(..));
    (items.collect(), random.u64(1..10))
}

fn words((items, _): &Case) -> String {
    match items.len() {
        0..10 => format!("{items:?}"),
        n => format!("{n} items"),
    }
}

fn expect_count((items, divisor): &Case, &counted: &usize) -> Result<(), Mismatch> {
    let expected = lesson::count_loop(items, |item| item % divisor == 0);
    let seen = format!("{counted} are divisible by {divisor}");
    Mismatch::unless(counted == expected, seen, expected)
}
