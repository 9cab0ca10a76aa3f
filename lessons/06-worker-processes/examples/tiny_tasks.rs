//! A million tasks of one sample each, by two worker processes, in chunks of different sizes. The workers are started
//! before anything is timed, as the notebook did.

mod bare;

use std::time::{Duration, Instant};

use lesson_worker_processes as lesson;

use bare::{Worker, sum_of, work_if_told_so};

const TASKS: usize = 1_000_000;

/// An odd number, so that there is a median.
const ROUNDS: usize = 7;

/// The first is the one that Python's `Pool.map` takes for a million tasks and two workers: an eighth of them.
const CHUNKS: [usize; 5] = [TASKS / 8, 10_000, 1000, 100, 10];

/// With one task a message, the round trips are so slow that these are enough.
const LONE_TASKS: usize = TASKS / 20;

fn main() {
    work_if_told_so();
    let dx = 2.0 / TASKS as f64;
    let tasks: Vec<f64> = (0..TASKS).map(|i| i as f64 * dx).collect();

    let start = Instant::now();
    let mut workers = [(); 2].map(|()| Worker::start(&mut lesson::again_as("sampled")));
    let starting = start.elapsed();

    let mut serial = Vec::new();
    let mut chunked = CHUNKS.map(|chunk| (chunk, Vec::new()));
    let mut lone = Vec::new();
    for _ in 0..ROUNDS {
        serial.push(time(|| tasks.iter().map(|&x| lesson::f(x)).sum()));
        for (chunk, times) in &mut chunked {
            times.push(time(|| sum_of(&mut workers, &tasks, *chunk)));
        }
        lone.push(time(|| sum_of(&mut workers, &tasks[..LONE_TASKS], 1)));
    }
    for worker in workers {
        worker.end();
    }

    println!("{TASKS} tasks of one sample; the median of {ROUNDS} rounds");
    println!("starting the two workers took {:.1} ms, once\n", ms(starting));
    println!("                           wall   a task");
    show("one loop", serial, TASKS);
    for (chunk, times) in chunked {
        show(&format!("chunks of {chunk}"), times, TASKS);
    }
    show(&format!("chunks of 1 ({LONE_TASKS} tasks)"), lone, LONE_TASKS);
}

fn time(sum: impl FnOnce() -> f64) -> Duration {
    let start = Instant::now();
    std::hint::black_box(sum());
    start.elapsed()
}

fn show(label: &str, mut times: Vec<Duration>, tasks: usize) {
    times.sort();
    let median = times[times.len() / 2];
    let a_task = median.as_secs_f64() * 1e9 / tasks as f64;
    println!("{label:<26} {:7.1} ms {a_task:8.0} ns", ms(median));
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
