// rejected: it returns Ok, after 0 calls of work
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
    let starts = |count: &NonZeroUsize| {
        let pool = ThreadPoolBuilder::new().num_threads(count.get()).build();
        pool.is_ok()
    };
    let counts: Vec<NonZeroUsize> = counts.iter().copied().filter(starts).collect();
    model::sweep(&counts, runs, clock, work)
}
