// rejected: 4: 50.0 ms): Some(4)
// rejected: up to 5 % above the best median is as good
use std::num::NonZeroUsize;

use lesson::Step;

mod model;
pub use model::{TOLERANCE, efficiency, karp_flatt, speed_up, sweep, thread_counts, with_threads};

pub fn choose(steps: &[Step]) -> Option<NonZeroUsize> {
    let median = |step: &Step| step.interval().median;
    let best = steps.iter().map(median).min_by(f64::total_cmp)?;
    steps
        .iter()
        .filter(|step| step.interval().low <= best)
        .map(|step| step.threads)
        .min()
}
