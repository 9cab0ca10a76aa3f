//! What every tool that measures this lesson runs, declared once.

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use instruments::Workload;

use crate::{Integral, PoolError};

/// Several tasks for every core of a laptop.
const TASKS: u64 = 64;

/// About half a millisecond of work, some twenty times what shipping a task and its answer costs.
const SAMPLES: u64 = 500_000;

/// Each task is a message of its own: tasks of this size need no packing together.
const CHUNK: NonZeroUsize = NonZeroUsize::MIN;

/// As many workers as cores.
pub fn workers() -> NonZeroUsize {
    instruments::cores_offered()
}

/// Longer than any task, also on a machine that is held up.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The workloads for `map(tasks, chunk)` of a pool of [`workers`] in the role `integrals`.
pub fn declared(
    map: impl Fn(&[Integral], NonZeroUsize) -> Result<Vec<f64>, PoolError> + Send + Sync + 'static,
) -> Vec<Workload> {
    let tasks: Arc<[Integral]> = (1..=TASKS).map(|i| (0.0, i as f64, SAMPLES)).collect();
    let for_the_pool = Arc::clone(&tasks);
    vec![Workload::new(
        format!(
            "{TASKS} integrals of {SAMPLES} samples by {} processes",
            workers()
        ),
        TASKS * SAMPLES,
        move || {
            black_box(&tasks)
                .iter()
                .map(|&task| crate::integrate(task))
                .collect()
        },
        move || map(black_box(&for_the_pool), CHUNK).expect("honest workers answer"),
        |serial: &Vec<f64>, pool| serial == pool,
    )]
}

/// The workloads for the `Pool` of a crate: `workloads!(worker_processes)`.
///
/// The pool is started once, before anything is timed. Its workers are the program that expands this macro, so it has to
/// [`play`](crate::roles::play) the role it is started in.
#[macro_export]
macro_rules! workloads {
    ($subject:ident) => {{
        let command = || $crate::again_as("integrals");
        let (workers, patience) = ($crate::workloads::workers(), $crate::workloads::PATIENCE);
        let pool = $subject::Pool::start(command, workers, patience);
        let pool = std::sync::Mutex::new(pool.expect("this program can be started"));
        $crate::workloads::declared(move |tasks, chunk| pool.lock().unwrap().map(tasks, chunk))
    }};
}
