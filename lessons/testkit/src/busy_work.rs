//! Work that an observer outside the process can see.

use std::hint::black_box;

use fastrand::Rng;

/// Dependent additions, of which a core does about 0.7 billion a second: about half a millisecond of work.
const ADDITIONS: u32 = 350_000;

/// Returns `value` after about half a millisecond of arithmetic. A slow machine takes longer: nothing may depend on the time.
pub fn busy_work<T>(value: T) -> T {
    add_up();
    value
}

/// Draws how many calls of [`busy_work`] a case of a claim of overlap makes: a multiple of 8, a tenth of a second of work.
///
/// The number is drawn so that no submission recognises an observed case by its size.
pub fn busy_calls(random: &mut Rng) -> usize {
    8 * random.usize(17..=32)
}

/// Not generic, so that it is compiled and optimised here, even if the caller is not.
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
