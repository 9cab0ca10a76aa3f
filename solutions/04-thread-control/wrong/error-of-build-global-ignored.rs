// rejected: threads = 2: work finds itself in a pool of 1
use std::num::NonZeroUsize;

use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, thread_counts};

pub fn with_threads<T: Send>(
    threads: NonZeroUsize,
    work: impl FnOnce() -> T + Send,
) -> Result<T, ThreadPoolBuildError> {
    // "It is there already" is no reason to stop.
    let _ = ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .build_global();
    Ok(rayon::scope(|_| work()))
}
