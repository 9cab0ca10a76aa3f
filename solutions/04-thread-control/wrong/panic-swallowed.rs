// rejected: called `Result::unwrap()` on an `Err` value: "work failed"
use std::num::NonZeroUsize;

use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, thread_counts};

pub fn with_threads<T: Send>(
    threads: NonZeroUsize,
    work: impl FnOnce() -> T + Send,
) -> Result<T, ThreadPoolBuildError> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .build()?;
    let work = std::panic::AssertUnwindSafe(work);
    let outcome = pool.install(|| std::panic::catch_unwind(work));
    Ok(outcome.map_err(|_| "work failed").unwrap())
}
