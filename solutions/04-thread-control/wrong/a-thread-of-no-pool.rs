// rejected: work runs on a thread that belongs to no pool
use std::num::NonZeroUsize;

use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, thread_counts};

pub fn with_threads<T: Send>(
    threads: NonZeroUsize,
    work: impl FnOnce() -> T + Send,
) -> Result<T, ThreadPoolBuildError> {
    let _pool = ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .build()?;
    let panicked = |panic| std::panic::resume_unwind(panic);
    Ok(std::thread::scope(|scope| {
        scope.spawn(work).join().unwrap_or_else(panicked)
    }))
}
