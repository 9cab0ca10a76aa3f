//! What every tool that measures this lesson runs, declared once.

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, UNIX_EPOCH};

use testkit::{Count, Job, Trail, Workload, shared};

use crate::roles::Followed;
use crate::{Integral, PoolError};

/// Of all tasks together.
const SAMPLES: usize = 32_000_000;

/// Several for every core of a laptop. Each is then about half a millisecond of work, some twenty times what shipping it
/// and its answer costs.
const TASKS: usize = 64;

/// From one task, which leaves all workers but one without work, to tasks that cost more to ship than to compute.
const FROM_COARSE_TO_FINE: [usize; 6] = [1, 2, 8, 64, 1_000, 10_000];

/// Each task is a message of its own, so that the number of tasks is the number of messages.
const CHUNK: NonZeroUsize = NonZeroUsize::MIN;

/// Longer than any task, also on a machine that is held up.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The `map(tasks, chunk)` of a pool, which lives as long as this.
pub type Map<A> =
    Box<dyn FnMut(&[Integral], NonZeroUsize) -> Result<Vec<A>, PoolError> + Send + 'static>;

/// The workloads for pools in the role `integrals`, of so many workers. Those in the role `followed integrals` are started
/// when a run is to be followed.
///
/// A pool is started when a job is made, and ends with the last job of as many workers.
pub fn declared(
    start: impl Fn(NonZeroUsize) -> Map<f64> + Send + Sync + 'static,
    start_followed: impl Fn(NonZeroUsize) -> Map<Followed> + Send + Sync + 'static,
) -> Vec<Workload> {
    let pools = shared(move |workers| Mutex::new(start(workers)));
    let followed_pools = Arc::new(shared(move |workers| Mutex::new(start_followed(workers))));
    let size = Count::of("samples", SAMPLES);
    let workload = Workload::new("integrals by worker processes", size, move |at| {
        let tasks: Arc<[Integral]> = split(at.size, at.tasks.get()).collect();
        let (for_serial, for_trace) = (Arc::clone(&tasks), Arc::clone(&tasks));
        let count = tasks.len();
        let pool = pools(at.threads);
        let (followed_pools, followed) = (Arc::clone(&followed_pools), OnceLock::new());
        Job::new(
            at.size as u64,
            move || {
                let tasks = black_box(&for_serial).iter();
                tasks.map(|&task| crate::integrate(task)).collect()
            },
            move || answers(&pool, black_box(&tasks)),
            |serial: &Vec<f64>, pool| serial == pool,
            |areas| areas.iter().sum(),
        )
        .traced("tasks", move |trail| {
            let pool = followed.get_or_init(|| followed_pools(at.threads));
            tell(trail, answers(pool, &for_trace));
        })
        .with_tasks(move || (0..count).collect())
    });
    vec![workload.in_tasks(Count::of("tasks", TASKS).swept(FROM_COARSE_TO_FINE))]
}

/// So many samples in so many tasks, as far as there is a sample for each: task i is an integral from 0 to i + 1.
fn split(samples: usize, tasks: usize) -> impl Iterator<Item = Integral> {
    let tasks = tasks.min(samples);
    (0..tasks).map(move |i| {
        let n = samples / tasks + usize::from(i < samples % tasks);
        (0.0, (i + 1) as f64, n as u64)
    })
}

fn answers<A>(pool: &Mutex<Map<A>>, tasks: &[Integral]) -> Vec<A> {
    let mut map = pool.lock().expect("no run has failed before");
    map(tasks, CHUNK).expect("honest workers answer")
}

/// Task i is item i.
fn tell(trail: &Trail, followed: Vec<Followed>) {
    for (item, (process, start, end, _)) in followed.into_iter().enumerate() {
        let [start, end] = [start, end].map(|time| UNIX_EPOCH + Duration::from_nanos(time));
        trail.elsewhere(process, item, start, end);
    }
}

/// The workloads for the `Pool` of a crate: `workloads!(worker_processes)`.
///
/// The workers are the program that expands this macro, so it has to [`play`](crate::roles::play) the role it is started
/// in.
#[macro_export]
macro_rules! workloads {
    ($subject:ident) => {{
        fn start<A: $crate::DeserializeOwned + Send>(
            role: &'static str,
            workers: std::num::NonZeroUsize,
        ) -> $crate::workloads::Map<A> {
            let command = || $crate::again_as(role);
            let pool = $subject::Pool::start(command, workers, $crate::workloads::PATIENCE);
            let mut pool = pool.expect("this program can be started");
            Box::new(move |tasks, chunk| pool.map(tasks, chunk))
        }
        $crate::workloads::declared(
            |workers| start("integrals", workers),
            |workers| start("followed integrals", workers),
        )
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_in_one_task_and_no_task_is_empty() {
        for (samples, tasks) in [(10, 3), (64, 64), (3, 8), (32_000_000, 10_000)] {
            let split: Vec<Integral> = split(samples, tasks).collect();
            let all: u64 = split.iter().map(|&(_, _, n)| n).sum();
            assert_eq!((split.len(), all), (tasks.min(samples), samples as u64));
            assert!(split.iter().all(|&(_, _, n)| n > 0), "{split:?}");
        }
    }
}
