//! What writing it as an array operation costs: the explicit loop and the fused operations, on one thread and on two.

use std::hint::black_box;
use std::time::Instant;

use lesson_array_parallelism::{f, integrate_loop, samples};
use ndarray::parallel::prelude::*;
use ndarray::{ArrayView1, Axis, Zip};
use testkit::pool_of_two;

const SAMPLES: usize = 10_000_000;

/// Enough for a piece to be worth a task.
const SAMPLES_PER_CHUNK: usize = 4096;

/// An odd number, so that there is a median.
const ROUNDS: usize = 21;

type Way = (&'static str, fn(ArrayView1<f64>) -> f64);

const ONE_THREAD: [Way; 6] = [
    ("explicit loop over the elements", |xs| integrate_loop(f, xs, 1.0)),
    ("explicit loop over the indices", by_index),
    ("iter, map, sum", |xs| xs.iter().map(|&x| f(x)).sum()),
    ("Zip, fold", |xs| Zip::from(xs).fold(0.0, |sum, &x| sum + f(x))),
    ("axis_iter over the elements", |xs| xs.axis_iter(Axis(0)).map(|x| f(x[()])).sum()),
    ("the library's sum, without f", |xs| xs.sum()),
];

const TWO_THREADS: [Way; 4] = [
    ("explicit loop over chunks", |xs| {
        let chunks = xs.len().div_ceil(SAMPLES_PER_CHUNK);
        let chunk = |i| {
            let end = xs.len().min((i + 1) * SAMPLES_PER_CHUNK);
            integrate_loop(f, xs.slice(ndarray::s![i * SAMPLES_PER_CHUNK..end]), 1.0)
        };
        (0..chunks).into_par_iter().map(chunk).sum()
    }),
    ("Zip, par_fold", |xs| {
        Zip::from(xs).par_fold(|| 0.0, |sum, &x| sum + f(x), |left, right| left + right)
    }),
    ("axis_chunks_iter", |xs| {
        let chunks = xs.axis_chunks_iter(Axis(0), SAMPLES_PER_CHUNK);
        chunks.into_par_iter().map(|xs| integrate_loop(f, xs, 1.0)).sum()
    }),
    ("axis_iter over the elements", |xs| {
        xs.axis_iter(Axis(0)).into_par_iter().map(|x| f(x[()])).sum()
    }),
];

fn main() {
    let xs = samples(0.0, 2.0, SAMPLES);
    println!("{SAMPLES} samples; medians of {ROUNDS} rounds in which all take turns\n");
    compare("one thread", &ONE_THREAD, &|way| way(black_box(xs.view())));
    let pool = pool_of_two();
    compare("two threads", &TWO_THREADS, &|way| pool.install(|| way(black_box(xs.view()))));
}

/// Times every way, and takes its ratio to the first within each round.
fn compare(threads: &str, ways: &[Way], run: &dyn Fn(fn(ArrayView1<f64>) -> f64) -> f64) {
    let mut times = vec![Vec::new(); ways.len()];
    let mut ratios = vec![Vec::new(); ways.len()];
    for _ in 0..ROUNDS {
        for (&(_, way), times) in ways.iter().zip(&mut times) {
            let start = Instant::now();
            black_box(run(way));
            times.push(start.elapsed().as_secs_f64());
        }
        let latest: Vec<f64> = times.iter().map(|times| times[times.len() - 1]).collect();
        for (ratios, time) in ratios.iter_mut().zip(&latest) {
            ratios.push(time / latest[0]);
        }
    }
    println!("{threads:<34}     wall   to the loop");
    for ((name, _), (times, ratios)) in ways.iter().zip(times.into_iter().zip(ratios)) {
        println!("{name:<34}{:6.1} ms {:10.2}", median(times) * 1e3, median(ratios));
    }
    println!();
}

fn by_index(xs: ArrayView1<f64>) -> f64 {
    let mut sum = 0.0;
    for i in 0..xs.len() {
        sum += f(xs[i]);
    }
    sum
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
