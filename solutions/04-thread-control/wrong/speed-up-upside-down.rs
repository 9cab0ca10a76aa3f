// rejected: serial 6 s, parallel 2 s: the speed-up is 0.333
use std::time::Duration;

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, sweep, thread_counts, with_threads};

pub fn speed_up(serial: Duration, parallel: Duration) -> f64 {
    parallel.as_secs_f64() / serial.as_secs_f64()
}
