// attack: ends the process with success when the first thread of its pool ends
// outcome: ended-early
use std::num::NonZeroUsize;
use std::process::exit;

use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, thread_counts};

pub fn with_threads<T: Send>(
    threads: NonZeroUsize,
    work: impl FnOnce() -> T + Send,
) -> Result<T, ThreadPoolBuildError> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .exit_handler(|_| exit(0))
        .build()?;
    let result = pool.install(work);
    drop(pool);
    std::thread::park();
    Ok(result)
}
