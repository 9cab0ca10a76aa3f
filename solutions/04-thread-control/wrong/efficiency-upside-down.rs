// rejected: speed-up 3 on 4 threads: the efficiency is 1.33
use std::num::NonZeroUsize;

mod model;
pub use model::{TOLERANCE, choose, karp_flatt, speed_up, sweep, thread_counts, with_threads};

pub fn efficiency(speed_up: f64, threads: NonZeroUsize) -> f64 {
    threads.get() as f64 / speed_up
}
