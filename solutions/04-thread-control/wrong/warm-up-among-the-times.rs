// rejected: the first from the warm-up
use std::num::NonZeroUsize;
use std::time::Duration;

use lesson::Step;
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, thread_counts, with_threads};

pub fn sweep(
    counts: &[NonZeroUsize],
    runs: NonZeroUsize,
    clock: impl Fn() -> Duration + Sync,
    work: impl Fn() + Sync,
) -> Result<Vec<Step>, ThreadPoolBuildError> {
    let pools = counts
        .iter()
        .map(|threads| ThreadPoolBuilder::new().num_threads(threads.get()).build())
        .collect::<Result<Vec<_>, _>>()?;
    let mut steps: Vec<Step> = counts
        .iter()
        .map(|&threads| Step {
            threads,
            times: Vec::new(),
        })
        .collect();

    for _ in 0..=runs.get() {
        for (pool, step) in pools.iter().zip(&mut steps) {
            let start = clock();
            pool.install(&work);
            step.times.push(clock() - start);
        }
    }
    // Only the last is too many.
    for step in &mut steps {
        step.times.pop();
    }
    Ok(steps)
}
