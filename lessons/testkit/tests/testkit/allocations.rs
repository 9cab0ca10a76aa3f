//! The meter as the allocator of this whole process, which is how a check uses it.
//!
//! The test harness's own thread allocates now and then beside a test, so every figure has a little slack.

use std::hint::black_box;
use std::ops::RangeInclusive;
use std::thread;

use testkit::{AllocationMeter, exclusive};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

const MIB: usize = 1 << 20;

/// From `least` on, and as much more as the harness, or the start of a thread, may take meanwhile.
fn about(least: usize) -> RangeInclusive<usize> {
    least..=least + 16 * 1024
}

fn block(bytes: usize) -> Vec<u8> {
    black_box(Vec::with_capacity(bytes))
}

#[test]
fn what_is_freed_still_counts() {
    exclusive(|| {
        let ((), seen) = METER.measure(|| (0..1000).for_each(|_| drop(block(64))));
        assert!((1000..=1010).contains(&seen.count), "{seen:?}");
        assert!(about(64_000).contains(&seen.bytes), "{seen:?}");
    });
}

#[test]
fn plain_arithmetic_allocates_nothing_to_speak_of() {
    exclusive(|| {
        let (sum, seen) = METER.measure(|| (0..black_box(1000_u64)).map(|i| i * i).sum::<u64>());
        assert_eq!(sum, 332_833_500);
        assert!(about(0).contains(&seen.bytes), "{seen:?}");
    });
}

#[test]
fn the_peak_is_what_was_held_at_once() {
    exclusive(|| {
        let ((), one_by_one) = METER.measure(|| (0..3).for_each(|_| drop(block(MIB))));
        assert!(about(3 * MIB).contains(&one_by_one.bytes), "{one_by_one:?}");
        assert!(about(MIB).contains(&one_by_one.peak_bytes), "{one_by_one:?}");

        let (_held, at_once) = METER.measure(|| [block(MIB), block(MIB), block(MIB)]);
        assert!(about(3 * MIB).contains(&at_once.peak_bytes), "{at_once:?}");
    });
}

#[test]
fn the_peak_stands_above_the_level_at_the_start() {
    exclusive(|| {
        let before = block(8 * MIB);
        let (_after, seen) = METER.measure(|| {
            drop(before);
            block(MIB)
        });
        assert_eq!(seen.peak_bytes, 0, "{seen:?}");
    });
}

#[test]
fn a_block_that_grows_counts_with_its_whole_new_size() {
    exclusive(|| {
        let mut growing = block(MIB);
        let ((), seen) = METER.measure(|| growing.reserve_exact(2 * MIB));
        assert!((1..=10).contains(&seen.count), "{seen:?}");
        assert!(about(2 * MIB).contains(&seen.bytes), "{seen:?}");
        assert!(about(MIB).contains(&seen.peak_bytes), "{seen:?}");
    });
}

#[test]
fn zeroed_blocks_count_too() {
    exclusive(|| {
        let (_zeros, seen) = METER.measure(|| black_box(vec![0_u8; MIB]));
        assert!(about(MIB).contains(&seen.bytes), "{seen:?}");
    });
}

#[test]
fn what_other_threads_allocate_counts() {
    exclusive(|| {
        let ((), seen) = METER.measure(|| {
            thread::scope(|scope| {
                scope.spawn(|| drop(block(MIB)));
                scope.spawn(|| drop(block(MIB)));
            });
        });
        assert!(about(2 * MIB).contains(&seen.bytes), "{seen:?}");
    });
}

#[test]
fn a_measurement_inside_another_takes_nothing_from_it() {
    exclusive(|| {
        let (inner, outer) = METER.measure(|| {
            drop(block(4 * MIB));
            METER.measure(|| drop(block(MIB))).1
        });
        assert!(about(MIB).contains(&inner.peak_bytes), "{inner:?}");
        assert!(about(MIB).contains(&inner.bytes), "{inner:?}");
        assert!(about(4 * MIB).contains(&outer.peak_bytes), "{outer:?}");
        assert!(about(5 * MIB).contains(&outer.bytes), "{outer:?}");
    });
}
