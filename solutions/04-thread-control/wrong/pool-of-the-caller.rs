// rejected: 2 of them the caller's
use std::num::NonZeroUsize;

use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, thread_counts};

pub fn with_threads<T: Send>(
    threads: NonZeroUsize,
    work: impl FnOnce() -> T + Send,
) -> Result<T, ThreadPoolBuildError> {
    if rayon::current_thread_index().is_some() && rayon::current_num_threads() == threads.get() {
        return Ok(work()); // We are in such a pool already.
    }
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .build()?;
    Ok(pool.install(work))
}
