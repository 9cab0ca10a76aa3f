// rejected: the part of the efficiency that is lost
use std::num::NonZeroUsize;

mod model;
pub use model::{TOLERANCE, choose, efficiency, speed_up, sweep, thread_counts, with_threads};

/// What is lost of the efficiency.
pub fn karp_flatt(speed_up: f64, threads: NonZeroUsize) -> Option<f64> {
    (threads.get() > 1).then(|| 1.0 - speed_up / threads.get() as f64)
}
