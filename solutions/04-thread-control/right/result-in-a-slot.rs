// accepted: spawns in a scope, and picks the result up from a slot
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
    let mut slot = None;
    pool.in_place_scope(|scope| scope.spawn(|_| slot = Some(work())));
    Ok(slot.expect("a scope waits for what was spawned in it"))
}
