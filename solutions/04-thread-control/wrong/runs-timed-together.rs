// rejected: (threads, times) of the steps [(1, 1), (3, 1), (2, 1)]
// rejected: the time of every run
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
        let time = with_threads(threads, || {
            work();
            let start = clock();
            (0..runs.get()).for_each(|_| work());
            (clock() - start) / runs.get() as u32
        })?;
        steps.push(Step {
            threads,
            times: vec![time],
        });
    }
    Ok(steps)
}
