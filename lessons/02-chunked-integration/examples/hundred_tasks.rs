//! A hundred equal tasks: in one loop, and in pools of 1, 2, 4 and 8 threads. Wall time, CPU time, and what they tell.

use std::num::NonZeroUsize;

use lesson_chunked_integration as lesson;
use rayon::prelude::*;
use testkit::{Elapsed, KnownPool, Stopwatch};

/// Some milliseconds of work for each task.
const SAMPLES: usize = 4_000_000;

/// An odd number, so that there is a median.
const ROUNDS: usize = 5;

fn main() {
    let pools = [1, 2, 4, 8].map(pool_of);
    let mut serial = Vec::new();
    let mut parallel = pools.each_ref().map(|_| Vec::new());
    for _ in 0..ROUNDS {
        serial.push(time(|| (0..100).map(task).sum()));
        for (pool, times) in pools.iter().zip(&mut parallel) {
            times.push(time(|| {
                pool.install(|| (0..100).into_par_iter().with_max_len(1).map(task).sum())
            }));
        }
    }
    println!("100 tasks of {SAMPLES} samples; the median of {ROUNDS} rounds\n");
    println!("                 wall        CPU   CPU / wall");
    show("one loop", serial);
    for (pool, times) in pools.iter().zip(parallel) {
        show(&format!("threads: {}", pool.threads()), times);
    }
}

fn task(i: u32) -> f64 {
    lesson::integrate_loop(lesson::f, 0.0, f64::from(i + 1), SAMPLES)
}

fn pool_of(threads: usize) -> KnownPool {
    let threads = NonZeroUsize::new(threads).expect("a pool has threads");
    KnownPool::new(threads).expect("the system starts a few threads")
}

fn time(work: impl FnOnce() -> f64) -> Elapsed {
    let stopwatch = Stopwatch::start();
    std::hint::black_box(work());
    stopwatch.elapsed()
}

fn show(label: &str, mut times: Vec<Elapsed>) {
    times.sort_by_key(|elapsed| elapsed.wall);
    let median = times[times.len() / 2];
    let milliseconds = median.wall.as_secs_f64() * 1e3;
    print!("{label:<12} {milliseconds:6.0} ms");
    match (median.cpu, median.cores_in_use()) {
        (Some(cpu), Some(cores)) => {
            println!("  {:6.0} ms         {cores:.2}", cpu.as_secs_f64() * 1e3)
        }
        _ => println!("       this system does not tell"),
    }
}
