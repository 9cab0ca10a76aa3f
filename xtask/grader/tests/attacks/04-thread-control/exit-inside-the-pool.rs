// attack: ends the process with success, from inside the pool that it has started
// outcome: ended-early
use std::num::NonZeroUsize;
use std::process::exit;

use rayon::ThreadPoolBuildError;

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, thread_counts};

pub fn with_threads<T: Send>(
    threads: NonZeroUsize,
    work: impl FnOnce() -> T + Send,
) -> Result<T, ThreadPoolBuildError> {
    model::with_threads(threads, || {
        work();
        exit(0)
    })
}
