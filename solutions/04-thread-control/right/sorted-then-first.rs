// accepted: sorts a copy of the steps and takes the first that is good enough
use std::num::NonZeroUsize;

use lesson::Step;

mod model;
pub use model::{TOLERANCE, efficiency, karp_flatt, speed_up, sweep, thread_counts, with_threads};

pub fn choose(steps: &[Step]) -> Option<NonZeroUsize> {
    let mut steps = steps.to_vec();
    steps.sort_by(|one, other| one.interval().median.total_cmp(&other.interval().median));
    let best = steps.first()?.interval().median;
    steps.sort_by_key(|step| step.threads);
    let good = |step: &&Step| step.interval().low / best - 1.0 <= TOLERANCE;
    steps.iter().find(good).map(|step| step.threads)
}
