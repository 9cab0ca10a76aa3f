// rejected: speed-up 2.5000 on 2 threads: the serial fraction is Some(0.0)
// rejected: Some(-0.2000)
use std::num::NonZeroUsize;

mod model;
pub use model::{TOLERANCE, choose, efficiency, speed_up, sweep, thread_counts, with_threads};

pub fn karp_flatt(speed_up: f64, threads: NonZeroUsize) -> Option<f64> {
    let share = 1.0 / threads.get() as f64;
    let fraction = (1.0 / speed_up - share) / (1.0 - share);
    (threads.get() > 1).then_some(fraction.max(0.0))
}
