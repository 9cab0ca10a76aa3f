// accepted: looks at the clock on the caller's thread, and warms up in the round before the first
use std::num::NonZeroUsize;
use std::time::Duration;

use lesson::Step;
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

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

    let mut rounds = Vec::new();
    for _ in 0..=runs.get() {
        let timed = |pool: &ThreadPool| {
            let start = clock();
            pool.install(&work);
            clock() - start
        };
        rounds.push(pools.iter().map(timed).collect::<Vec<_>>());
    }
    let times_of = |place: usize| rounds[1..].iter().map(|round| round[place]).collect();
    let steps = counts.iter().enumerate();
    Ok(steps
        .map(|(place, &threads)| Step {
            threads,
            times: times_of(place),
        })
        .collect())
}
