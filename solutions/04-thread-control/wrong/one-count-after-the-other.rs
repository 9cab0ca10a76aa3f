// rejected: after the warm-up on [
// rejected: a busy moment then strikes all counts alike
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
    let mut steps = Vec::new();
    for &threads in counts {
        let times = with_threads(threads, || {
            work();
            let timed = |_| {
                let start = clock();
                work();
                clock() - start
            };
            (0..runs.get()).map(timed).collect()
        })?;
        steps.push(Step { threads, times });
    }
    Ok(steps)
}
