// rejected: the parameter type `T` may not live long enough
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
    let (sender, receiver) = std::sync::mpsc::channel();
    pool.spawn(move || sender.send(work()).unwrap());
    Ok(receiver.recv().unwrap())
}
