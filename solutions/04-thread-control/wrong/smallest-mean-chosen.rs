// rejected: one slow run of 7
// rejected: one slow run shifts a mean
use std::num::NonZeroUsize;
use std::time::Duration;

use lesson::Step;

mod model;
pub use model::{TOLERANCE, efficiency, karp_flatt, speed_up, sweep, thread_counts, with_threads};

pub fn choose(steps: &[Step]) -> Option<NonZeroUsize> {
    let mean = |step: &Step| step.times.iter().sum::<Duration>() / step.times.len() as u32;
    steps
        .iter()
        .min_by_key(|step| mean(step))
        .map(|step| step.threads)
}
