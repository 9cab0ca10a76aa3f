// rejected: does one call wait for the other?
use std::cell::Cell;
use std::num::NonZeroUsize;
use std::sync::Mutex;

use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, thread_counts};

/// So that two pools do not compete for the cores.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

thread_local!(static INSIDE: Cell<bool> = const { Cell::new(false) });

pub fn with_threads<T: Send>(
    threads: NonZeroUsize,
    work: impl FnOnce() -> T + Send,
) -> Result<T, ThreadPoolBuildError> {
    let nested = INSIDE.get();
    let _turn = (!nested).then(|| ONE_AT_A_TIME.lock());
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .start_handler(|_| INSIDE.set(true))
        .build()?;
    Ok(pool.install(work))
}
