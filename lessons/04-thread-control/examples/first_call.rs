//! The first call takes longer than the second: a pool that is still to be started, memory that nobody has touched yet.

use std::hint::black_box;
use std::time::{Duration, Instant};

use lesson_thread_control as lesson;
use rayon::prelude::*;
use testkit::{KnownPool, cores_offered};

/// 64 MiB of numbers.
const NUMBERS: usize = 1 << 23;

/// A few hundred microseconds of work, so that the price of a pool shows beside it.
const SAMPLES: usize = 1 << 18;

/// After the first. An odd number, so that there is a median.
const LATER_CALLS: usize = 21;

fn main() {
    let cores = cores_offered();
    println!("on {cores} threads; later calls: the median of {LATER_CALLS}\n");
    println!("                                  first call   later calls");

    let mut pool = None;
    show("an integral, and its pool", || {
        let pool = pool.get_or_insert_with(pool_of_all_cores);
        pool.install(integral)
    });

    let pool = pool_of_all_cores();
    let mut numbers = vec![0.0; NUMBERS];
    show("64 MiB written to", || {
        pool.install(|| {
            let places = numbers.par_iter_mut().with_min_len(4096);
            places.enumerate().for_each(|(i, x)| *x = i as f64);
        });
        numbers[NUMBERS / 2]
    });

    show("an integral, a pool for each", || pool_of_all_cores().install(integral));
}

fn integral() -> f64 {
    lesson::integrate_parallel(lesson::f, 0.0, 2.0, black_box(SAMPLES))
}

fn pool_of_all_cores() -> KnownPool {
    KnownPool::new(cores_offered()).expect("the system starts as many threads as it has cores")
}

fn show(what: &str, mut call: impl FnMut() -> f64) {
    let mut time_call = || {
        let start = Instant::now();
        black_box(call());
        start.elapsed()
    };
    let first = time_call();
    let mut later: Vec<Duration> = (0..LATER_CALLS).map(|_| time_call()).collect();
    later.sort();
    let [first, later] = [first, later[LATER_CALLS / 2]].map(|time| time.as_secs_f64() * 1e3);
    println!("{what:<31}{first:10.3} ms {later:10.3} ms");
}
