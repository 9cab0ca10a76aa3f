// rejected: The global thread pool has already been initialized
// rejected: the global pool is for the program to set up
use std::num::NonZeroUsize;

use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, thread_counts};

pub fn with_threads<T: Send>(
    threads: NonZeroUsize,
    work: impl FnOnce() -> T + Send,
) -> Result<T, ThreadPoolBuildError> {
    if rayon::current_num_threads() == 0 {
        unreachable!("rayon always has a thread");
    }
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .build()?;
    Ok(pool.install(work))
}
