// attack: starts a pool of as many threads as the library can count, beside the one that it is asked for
// outcome: failed | did-not-finish | out-of-memory | crashed
use std::num::NonZeroUsize;

use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, thread_counts};

pub fn with_threads<T: Send>(
    threads: NonZeroUsize,
    work: impl FnOnce() -> T + Send,
) -> Result<T, ThreadPoolBuildError> {
    let _beside = ThreadPoolBuilder::new().num_threads(60_000).build()?;
    model::with_threads(threads, work)
}
