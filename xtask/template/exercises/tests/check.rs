//! What lesson 00 asks for, in the order in which its reader meets it.

mod workloads;

use std::sync::Mutex;

use testkit::{AllocationMeter, Rendezvous, Probe, coverage, expect, pool_of_two};

use a_new_lesson::count;

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

mod correct {
    use super::*;

    #[test]
    fn what_holds_is_counted() {
        for (items, expected) in [(vec![1, 2, 3, 4, 5], 2), (vec![2], 1), (vec![1], 0)] {
            let counted = count(&items, |item| item % 2 == 0);
            expect(
                counted == expected,
                format!("{items:?}: {counted} are even"),
                expected,
            );
        }
    }

    #[test]
    fn of_no_items_none_hold() {
        let counted = count::<u32, _>(&[], |_| true);
        expect(counted == 0, format!("no items: {counted} hold"), "0");
    }

    #[test]
    fn each_item_is_asked_once() {
        let items: Vec<usize> = (0..1000).collect();
        let asked = Mutex::new(Vec::new());
        count(&items, |item| {
            asked.lock().unwrap().push(*item);
            true
        });
        if let Err(fault) = coverage(items.len(), asked.into_inner().unwrap()) {
            expect(
                false,
                format!("1000 items, numbered from 0: {fault}"),
                "one call of `holds` for each item",
            );
        }
    }

    #[test]
    fn random_items_are_counted_as_in_a_loop() {
        let mut random = fastrand::Rng::with_seed(0);
        for _ in 0..100 {
            let items: Vec<u32> = (0..random.usize(..300))
                .map(|_| random.u32(..100))
                .collect();
            let limit = random.u32(..100);
            let holds = |item: &u32| *item < limit;
            let (counted, serial) = (count(&items, holds), lesson::count_loop(&items, holds));
            expect(
                counted == serial,
                format!("{} items: {counted} are below {limit}", items.len()),
                serial,
            );
        }
    }
}

mod concurrent {
    use super::*;

    /// The first call waits inside for a second thread: serial code waits in vain.
    #[test]
    fn items_are_asked_at_the_same_time() {
        let items: Vec<usize> = (0..64).collect();
        let probe = Probe::with_rendezvous(Rendezvous::new(2, Rendezvous::MEET_LIMIT));
        let watched = |item: &usize| probe.call(*item, || true);
        pool_of_two().install(|| count(&items, watched));
        expect(
            probe.met(),
            "64 items: never two threads inside holds at once",
            "two items being asked at once, on the two threads of the pool",
        );
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
