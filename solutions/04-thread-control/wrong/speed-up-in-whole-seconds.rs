// rejected: serial 0.75 s, parallel 0.25 s: the speed-up is NaN
use std::time::Duration;

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, sweep, thread_counts, with_threads};

pub fn speed_up(serial: Duration, parallel: Duration) -> f64 {
    serial.as_secs() as f64 / parallel.as_secs() as f64
}
