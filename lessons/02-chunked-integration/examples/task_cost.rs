//! The same samples in 1, 2, 16, 128, … tasks on two threads, up to one task a sample: what does handing over a task cost?

use std::time::{Duration, Instant};

use lesson_chunked_integration as lesson;
use rayon::prelude::*;
use testkit::pool_of_two;

const SAMPLES: usize = 1 << 22;

/// An odd number, so that there is a median.
const ROUNDS: usize = 15;

fn main() {
    let pool = pool_of_two();
    let tasks: Vec<usize> =
        std::iter::once(1).chain((1..=22).step_by(3).map(|power| 1 << power)).collect();
    let mut times = vec![Vec::new(); tasks.len()];
    for _ in 0..ROUNDS {
        for (&tasks, times) in tasks.iter().zip(&mut times) {
            let start = Instant::now();
            std::hint::black_box(pool.install(|| integral_in(tasks)));
            times.push(start.elapsed());
        }
    }
    let medians: Vec<Duration> = times.into_iter().map(median).collect();

    println!("{SAMPLES} samples on two threads; the median of {ROUNDS} rounds\n");
    println!("     tasks   samples a task         wall");
    for (tasks, time) in tasks.iter().zip(&medians) {
        let milliseconds = time.as_secs_f64() * 1e3;
        println!("{tasks:10} {:16} {milliseconds:9.2} ms", SAMPLES / tasks);
    }
    let (most, least) =
        (medians[tasks.len() - 1], medians.iter().min().copied().unwrap_or_default());
    let more = most.saturating_sub(least).as_secs_f64();
    let a_task = more / SAMPLES as f64 * 1e9;
    let a_sample = least.as_secs_f64() / SAMPLES as f64 * 1e9;
    println!("\none task more: {a_task:.1} ns; one sample more: {a_sample:.2} ns");
    let a_thread = median((0..1001).map(|_| start_and_join()).collect()).as_secs_f64() * 1e6;
    println!("a thread of its own, started and joined: {a_thread:.0} µs");
}

/// The easy split: a power of two falls into equal chunks.
fn integral_in(tasks: usize) -> f64 {
    let width = 2.0 / tasks as f64;
    let integral_of = |task| {
        let a = task as f64 * width;
        lesson::integrate_loop(lesson::f, a, a + width, SAMPLES / tasks)
    };
    (0..tasks).into_par_iter().with_max_len(1).map(integral_of).sum()
}

fn start_and_join() -> Duration {
    let start = Instant::now();
    std::thread::spawn(|| ()).join().expect("a thread that does nothing does not panic");
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
