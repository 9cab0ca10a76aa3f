//! One large integral, and a thousand small ones: how long on 1, 2, 4, … threads, up to four times the cores?

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use lesson_thread_control as lesson;
use lesson_thread_control::Step;
use testkit::{KnownPool, cores_offered};

/// From 9 on, one slow run does not reach the interval. Of 19 the four slowest do not, nor the four fastest.
const ROUNDS: usize = 19;

/// With so long a warm-up two threads took half as long as one, without it as long (two cores of a shared x86-64 Linux
/// machine, 2026-11-22).
const AWAKE: Duration = Duration::from_millis(20);

/// A sweep goes past the cores, to see what lies there.
const TIMES_THE_CORES: usize = 4;

fn main() {
    let cores = cores_offered().get();
    println!("{cores} cores offered; the median of {ROUNDS} rounds, and its 95 % interval\n");
    sweep("one integral of 16,777,216 samples", large_integral);
    sweep("1,000 integrals of 1,024 samples, one after the other", small_integrals);
}

fn large_integral() {
    black_box(lesson::integrate_parallel(lesson::f, 0.0, 2.0, 1 << 24));
}

/// Each is over before the next begins, so each is waited for by all.
fn small_integrals() {
    for _ in 0..1000 {
        black_box(lesson::integrate_parallel(lesson::f, 0.0, 2.0, 1 << 10));
    }
}

fn sweep(job: &str, work: impl Fn() + Sync) {
    let most = TIMES_THE_CORES * cores_offered().get();
    let pools: Vec<KnownPool> =
        (0..).map(|power| 1 << power).take_while(|&threads| threads <= most).map(pool_of).collect();
    let mut steps: Vec<Step> = pools.iter().map(step_of).collect();
    for _ in 0..ROUNDS {
        for (pool, step) in pools.iter().zip(&mut steps) {
            warm_up(|| pool.install(&work));
            let start = Instant::now();
            pool.install(&work);
            step.times.push(start.elapsed());
        }
    }
    println!("{job}");
    println!("   threads       median          interval   times as fast as 1");
    let one = steps[0].interval().median;
    for step in &steps {
        let time = step.interval();
        let [low, median, high] = [time.low, time.median, time.high].map(|time| time * 1e3);
        let (threads, ratio) = (step.threads, one / time.median);
        println!("{threads:10} {median:9.2} ms  {low:7.2} to {high:6.2}  {ratio:19.2}");
    }
    println!();
}

/// Runs until the threads, which slept while other pools were timed, are awake on cores of their own.
fn warm_up(work: impl Fn()) {
    let start = Instant::now();
    while start.elapsed() < AWAKE {
        work();
    }
}

fn pool_of(threads: usize) -> KnownPool {
    let threads = NonZeroUsize::new(threads).expect("a pool has threads");
    KnownPool::new(threads).expect("the system starts a few threads")
}

fn step_of(pool: &KnownPool) -> Step {
    Step {
        threads: NonZeroUsize::new(pool.threads()).expect("a pool has threads"),
        times: Vec::new(),
    }
}
