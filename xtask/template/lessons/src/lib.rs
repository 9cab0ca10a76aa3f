#![doc = include_str!("../README.md")]

/// The serial baseline: how many of the `items` hold, asked one after the other.
pub fn count_loop<T>(items: &[T], holds: impl Fn(&T) -> bool) -> usize {
    let mut count = 0;
    for item in items {
        if holds(item) {
            count += 1;
        }
    }
    count
}

/// Whether it takes more than 100 steps to come from this number to 1, halving what is even and going from an odd n to
/// 3n + 1. Some numbers are much more work than their neighbours.
#[inline]
pub fn is_far_from_one(number: &u64) -> bool {
    let mut number = *number;
    for _ in 0..=100 {
        if number <= 1 {
            return false;
        }
        number = if number % 2 == 0 { number / 2 } else { 3 * number + 1 };
    }
    true
}
