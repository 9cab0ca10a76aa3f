//! One integral, from an array expression to a parallel one: what is allocated, and what it takes.

use std::hint::black_box;
use std::time::{Duration, Instant};

use lesson_array_parallelism::{f, samples};
use ndarray::{ArrayView1, Zip};
use testkit::{AllocationMeter, Allocations, KnownPool, cores_offered};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

const SAMPLES: usize = 10_000_000;

/// An odd number, so that there is a median.
const ROUNDS: usize = 9;

type Way<'a> = (String, Box<dyn Fn(ArrayView1<f64>) -> f64 + 'a>);

fn main() {
    let pool = KnownPool::new(cores_offered()).expect("the system starts a pool's threads");
    let xs = samples(0.0, 2.0, SAMPLES);
    let ways: [Way; 4] = [
        ("two temporaries".to_owned(), Box::new(two_temporaries)),
        ("one temporary".to_owned(), Box::new(one_temporary)),
        ("fused".to_owned(), Box::new(fused_sum)),
        (
            format!("fused_sum, {} threads", pool.threads()),
            Box::new(|xs| pool.install(|| in_parallel(xs))),
        ),
    ];
    let mut seen = ways.each_ref().map(|_| Vec::new());
    for _ in 0..ROUNDS {
        for ((_, way), seen) in ways.iter().zip(&mut seen) {
            let start = Instant::now();
            let (_, allocated) = METER.measure(|| black_box(way(black_box(xs.view()))));
            seen.push((start.elapsed(), allocated));
        }
    }
    println!("{SAMPLES} samples; the median of {ROUNDS} rounds\n");
    println!(
        "                     bytes allocated   a sample       wall   gain over the line above"
    );
    let mut above = None;
    for ((name, _), seen) in ways.iter().zip(seen) {
        let (wall, Allocations { bytes, .. }) = median(seen);
        let a_sample = bytes as f64 / SAMPLES as f64;
        let milliseconds = wall.as_secs_f64() * 1e3;
        print!("{name:<20} {bytes:15} {a_sample:10.1} {milliseconds:7.1} ms");
        match above.replace(wall.as_secs_f64()) {
            Some(above) => println!("   {:.1}", above / wall.as_secs_f64()),
            None => println!(),
        }
    }
}

fn two_temporaries(xs: ArrayView1<f64>) -> f64 {
    let squares = &xs * &xs;
    (&squares - &xs).sum()
}

fn one_temporary(xs: ArrayView1<f64>) -> f64 {
    (&xs * &xs - xs).sum()
}

fn fused_sum(xs: ArrayView1<f64>) -> f64 {
    Zip::from(xs).fold(0.0, |sum, &x| sum + f(x))
}

fn in_parallel(xs: ArrayView1<f64>) -> f64 {
    Zip::from(xs).par_fold(|| 0.0, |sum, &x| sum + f(x), |left, right| left + right)
}

fn median(mut seen: Vec<(Duration, Allocations)>) -> (Duration, Allocations) {
    seen.sort_by_key(|(wall, _)| *wall);
    seen[seen.len() / 2]
}
