// rejected: calls on 1 threads in 5 pools
// rejected: started once, and not for every call
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
    let mut steps: Vec<Step> = counts
        .iter()
        .map(|&threads| Step {
            threads,
            times: Vec::new(),
        })
        .collect();

    for &threads in counts {
        with_threads(threads, &work)?;
    }
    for _ in 0..runs.get() {
        for step in &mut steps {
            let start = clock();
            with_threads(step.threads, &work)?;
            step.times.push(clock() - start);
        }
    }
    Ok(steps)
}
