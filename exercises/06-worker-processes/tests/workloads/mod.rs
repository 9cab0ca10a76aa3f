//! What every tool that measures this lesson runs.
//!
//! The workers are this very program, which [`play`](lesson::roles::play)s the role that it is started in.

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, UNIX_EPOCH};

use lesson::roles::Followed;
use lesson::{DeserializeOwned, Integral, again_as, integrate, split};
use testkit::{BenchCase, Parameter, Tracer, Workload, share};
use worker_processes::Pool;

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
const PATIENCE: Duration = Duration::from_secs(10);

/// A pool is started when a job is made, and ends with the last job of as many workers. The pool for a traced run is started
/// when a run is first traced.
pub fn all() -> Vec<Workload> {
    let pools = share(|workers| start_pool("integrals", workers));
    let traced_pools = Arc::new(share(|workers| start_pool("followed integrals", workers)));
    let size = Parameter::new("samples", SAMPLES);
    let workload = Workload::new("integrals by worker processes", size, move |at| {
        let tasks: Arc<[Integral]> = split(at.size, at.tasks.get()).collect();
        let (for_serial, for_trace) = (Arc::clone(&tasks), Arc::clone(&tasks));
        let count = tasks.len();
        let pool = pools(at.threads);
        let (traced_pools, traced_pool) = (Arc::clone(&traced_pools), OnceLock::new());
        BenchCase::new(
            at.size as u64,
            move || {
                let tasks = black_box(&for_serial).iter();
                tasks.map(|&task| integrate(task)).collect()
            },
            move || answers(&pool, black_box(&tasks)),
            |serial: &Vec<f64>, pool| serial == pool,
            |areas| areas.iter().sum(),
        )
        .with_trace("tasks", move |tracer| {
            let pool = traced_pool.get_or_init(|| traced_pools(at.threads));
            tell(tracer, answers(pool, &for_trace));
        })
        .with_tasks(move || (0..count).collect())
    });
    vec![workload.in_tasks(Parameter::new("tasks", TASKS).sweep_over(FROM_COARSE_TO_FINE))]
}

fn start_pool(role: &'static str, workers: NonZeroUsize) -> Mutex<Pool> {
    let pool = Pool::start(|| again_as(role), workers, PATIENCE);
    Mutex::new(pool.expect("this program can be started"))
}

fn answers<A: DeserializeOwned + Send>(pool: &Mutex<Pool>, tasks: &[Integral]) -> Vec<A> {
    let mut pool = pool.lock().expect("no run has failed before");
    pool.map(tasks, CHUNK).expect("honest workers answer")
}

/// Task i is item i.
fn tell(tracer: &Tracer, followed: Vec<Followed>) {
    for (item, (process, start, end, _)) in followed.into_iter().enumerate() {
        let [start, end] = [start, end].map(|time| UNIX_EPOCH + Duration::from_nanos(time));
        tracer.elsewhere(process, item, start, end);
    }
}
