//! The contract of lesson 00: on which cases, what is called, what must hold.

mod workloads;

use fastrand::Rng;
use testkit::{
    AllocationMeter, Mismatch, Probe, busy_calls, cases, claim, claim_overlap, claim_own_pool,
    coverage, pool_of_two,
};

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
        claim(
            cases([1000])
                .and_random(|random| random.usize(..2000))
                .label(|n| format!("{n} items, numbered from 0")),
            |&n| {
                let items: Vec<usize> = (0..n).collect();
                let probe = Probe::new();
                count(&items, |&item| probe.call(item, || true));
                let calls = probe.log().calls.into_iter();
                calls.map(|call| call.item).collect::<Vec<usize>>()
            },
            |&n, asked| {
                let seen = coverage(n, asked.iter().copied()).map_err(|fault| fault.to_string());
                let expected = "one call of `holds` for each item";
                Mismatch::unless(seen.is_ok(), seen.err().unwrap_or_default(), expected)
            },
        );
    }
}

mod concurrent {
    use super::*;

    #[test]
    fn items_are_asked_at_the_same_time() {
        claim_overlap(
            cases([((1..=64).collect(), 2)])
                .and_random(|random| draw_case(busy_calls(random), random))
                .times(1)
                .label(words),
            |(items, _)| items.len(),
            |(items, divisor), gate| {
                let holds = |item: &u64| gate.call(|| item % divisor == 0);
                pool_of_two().install(|| count(items, holds))
            },
            expect_count,
        );
    }

    #[test]
    fn the_threads_are_those_of_the_pool() {
        claim_own_pool(cases([64]), |&n, probe| {
            count(&vec![(); n], |&item| probe.call(item, || true));
        });
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
