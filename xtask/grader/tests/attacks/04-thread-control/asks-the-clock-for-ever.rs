// attack: asks the clock again and again, until the end of time
// outcome: did-not-finish
use std::num::NonZeroUsize;
use std::time::Duration;

use lesson::Step;
use rayon::ThreadPoolBuildError;

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, thread_counts, with_threads};

pub fn sweep(
    counts: &[NonZeroUsize],
    runs: NonZeroUsize,
    clock: impl Fn() -> Duration + Sync,
    work: impl Fn() + Sync,
) -> Result<Vec<Step>, ThreadPoolBuildError> {
    while clock() < Duration::MAX {}
    model::sweep(counts, runs, clock, work)
}
