//! Work that an observer outside can see.

use std::hint::black_box;

use fastrand::Rng;

/// Dependent additions, of which a core does some 0.7 thousand millions a second: half a millisecond of work or so.
const ADDITIONS: u32 = 350_000;

/// The value, after half a millisecond of arithmetic or so. It says nothing of time: a slow machine takes longer.
pub fn busy_work<T>(value: T) -> T {
    add_up();
    value
}

/// How many busy_work calls the case of a question makes whose work is to overlap: a multiple of 8, a tenth of a second of work.
///
/// The number is drawn, so that no submission knows a watched case by its size.
pub fn busy_calls(random: &mut Rng) -> usize {
    8 * random.usize(21..=27)
}

/// Not generic, so that it is compiled here, and as busy_work for callers that are not optimised.
#[inline(never)]
fn add_up() {
    let mut sum = black_box(0.0);
    for _ in 0..ADDITIONS {
        sum += black_box(1.0);
    }
    black_box::<f64>(sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heavy_value_is_the_value() {
        assert_eq!(busy_work(7), 7);
    }
}
