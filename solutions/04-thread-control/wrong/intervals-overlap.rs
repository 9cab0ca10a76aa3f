// rejected: one slow run of 7
// rejected: the end of an interval
use std::num::NonZeroUsize;

use lesson::Step;

mod model;
pub use model::{TOLERANCE, efficiency, karp_flatt, speed_up, sweep, thread_counts, with_threads};

pub fn choose(steps: &[Step]) -> Option<NonZeroUsize> {
    let best = steps
        .iter()
        .map(Step::interval)
        .min_by(|one, other| one.median.total_cmp(&other.median))?;
    steps
        .iter()
        .filter(|step| step.interval().low <= best.high * (1.0 + TOLERANCE))
        .map(|step| step.threads)
        .min()
}
