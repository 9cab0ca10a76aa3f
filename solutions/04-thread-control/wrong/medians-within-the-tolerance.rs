// rejected: 50.8 ms): Some(4)
// rejected: nothing shows that more help
use std::num::NonZeroUsize;

use lesson::Step;

mod model;
pub use model::{TOLERANCE, efficiency, karp_flatt, speed_up, sweep, thread_counts, with_threads};

pub fn choose(steps: &[Step]) -> Option<NonZeroUsize> {
    let median = |step: &Step| step.interval().median;
    let best = steps.iter().map(median).min_by(f64::total_cmp)?;
    steps
        .iter()
        .filter(|step| median(step) <= best * (1.0 + TOLERANCE))
        .map(|step| step.threads)
        .min()
}
