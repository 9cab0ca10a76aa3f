//! Work that an observer outside the process can see.

use std::hint::black_box;

use fastrand::Rng;

/// Steps that wait for each other, of which a core does about 0.6 billion a second: about half a millisecond of work, and
/// more than a whole one if nothing optimises it.
const STEPS: u32 = 275_000;

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

/// Not optimised, it takes 2.5 times as long and no more: a step is a product and a sum, which wait for the step before.
#[inline(never)]
fn add_up() {
    let (mut sum, mut step) = (black_box(1.0), 0);
    while step < STEPS {
        sum = sum * 0.5 + 1.0;
        step += 1;
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
