// rejected: on 1 thread: the serial fraction is Some(NaN)
use std::num::NonZeroUsize;

mod model;
pub use model::{TOLERANCE, choose, efficiency, speed_up, sweep, thread_counts, with_threads};

pub fn karp_flatt(speed_up: f64, threads: NonZeroUsize) -> Option<f64> {
    let share = 1.0 / threads.get() as f64;
    Some((1.0 / speed_up - share) / (1.0 - share))
}
