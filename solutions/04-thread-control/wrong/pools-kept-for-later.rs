// rejected: threads of its pool are still there
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock, Mutex};

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, thread_counts};

static POOLS: LazyLock<Mutex<HashMap<NonZeroUsize, Arc<ThreadPool>>>> =
    LazyLock::new(Mutex::default);

pub fn with_threads<T: Send>(
    threads: NonZeroUsize,
    work: impl FnOnce() -> T + Send,
) -> Result<T, ThreadPoolBuildError> {
    let mut pools = POOLS.lock().unwrap();
    let pool = match pools.get(&threads) {
        Some(pool) => Arc::clone(pool),
        None => {
            let builder = ThreadPoolBuilder::new().num_threads(threads.get());
            let pool = Arc::new(builder.build()?);
            pools.insert(threads, Arc::clone(&pool));
            pool
        }
    };
    drop(pools);
    Ok(pool.install(work))
}
