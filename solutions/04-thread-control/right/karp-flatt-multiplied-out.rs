// accepted: the fraction with numerator and denominator multiplied by S · p
use std::num::NonZeroUsize;

mod model;
pub use model::{TOLERANCE, choose, efficiency, speed_up, sweep, thread_counts, with_threads};

pub fn karp_flatt(speed_up: f64, threads: NonZeroUsize) -> Option<f64> {
    let p = threads.get() as f64;
    match threads.get() {
        1 => None,
        _ => Some((p - speed_up) / (speed_up * (p - 1.0))),
    }
}
