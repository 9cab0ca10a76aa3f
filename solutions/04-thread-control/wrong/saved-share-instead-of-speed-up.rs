// rejected: serial 6 s, parallel 2 s: the speed-up is 0.666
use std::time::Duration;

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, sweep, thread_counts, with_threads};

/// The share of the time that is saved.
pub fn speed_up(serial: Duration, parallel: Duration) -> f64 {
    1.0 - parallel.as_secs_f64() / serial.as_secs_f64()
}
