// rejected: may not live long enough
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
    Ok(std::thread::spawn(work).join().unwrap())
}
