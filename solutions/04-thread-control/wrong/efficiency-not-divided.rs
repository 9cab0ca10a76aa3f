// rejected: speed-up 3 on 4 threads: the efficiency is 3
use std::num::NonZeroUsize;

mod model;
pub use model::{TOLERANCE, choose, karp_flatt, speed_up, sweep, thread_counts, with_threads};

pub fn efficiency(speed_up: f64, threads: NonZeroUsize) -> f64 {
    let _ = threads;
    speed_up
}
