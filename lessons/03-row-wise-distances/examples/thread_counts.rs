//! Tasks of one row in pools of 1 to 8 threads: where is the knee?

use std::hint::black_box;
use std::num::NonZeroUsize;

use instruments::{Elapsed, Stopwatch, WitnessedPool, cores_offered};
use lesson_row_wise_distances::{distance, random_points};
use ndarray::ArrayView2;
use rayon::prelude::*;

const POINTS: usize = 500;

const THREADS: [usize; 6] = [1, 2, 3, 4, 6, 8];

/// Odd, so that there is a middle one.
const ROUNDS: usize = 31;

fn main() {
    let points = random_points(POINTS, 100);
    let pools = THREADS.map(|threads| {
        let threads = NonZeroUsize::new(threads).expect("a pool has threads");
        WitnessedPool::new(threads).expect("the system starts a few threads")
    });
    let mut times = THREADS.map(|_| Vec::new());
    for _ in 0..ROUNDS {
        for (pool, times) in pools.iter().zip(&mut times) {
            let stopwatch = Stopwatch::start();
            black_box(pool.install(|| rows(black_box(points.view()))));
            times.push(stopwatch.elapsed());
        }
    }
    println!("{POINTS} points × 100 measurements, median of {ROUNDS} rounds");
    println!("the machine offers {} at once\n", cores_offered());
    println!("threads        wall   gain   CPU / wall");
    let medians = times.map(median);
    let of_one = medians[0].wall.as_secs_f64();
    for (threads, elapsed) in THREADS.iter().zip(&medians) {
        let wall = elapsed.wall.as_secs_f64();
        let cores = elapsed.cores_in_use();
        let cores = cores.map_or("not told".to_owned(), |cores| format!("{cores:.2}"));
        let (gain, wall) = (of_one / wall, wall * 1e3);
        println!("{threads:7}{wall:9.1} ms{gain:7.2}{cores:>13}");
    }
}

fn rows(points: ArrayView2<f64>) -> Vec<f64> {
    let mut distances = vec![0.0; POINTS * POINTS];
    let rows = distances.par_chunks_exact_mut(POINTS).enumerate();
    rows.for_each(|(i, row)| {
        for (place, there) in row.iter_mut().zip(points.rows()) {
            *place = distance(points.row(i), there);
        }
    });
    distances
}

fn median(mut times: Vec<Elapsed>) -> Elapsed {
    times.sort_by_key(|elapsed| elapsed.wall);
    times[times.len() / 2]
}
