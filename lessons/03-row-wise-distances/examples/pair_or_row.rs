//! All distances as tasks of one pair, as pairs that rayon lumps together, and as tasks of one row.

use std::hint::black_box;

use lesson_row_wise_distances::{distance, distances_loop, random_points};
use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;
use testkit::{KnownPool, Stopwatch, cores_offered};

/// How many points, and an odd number of rounds, so that there is a median.
const SIZES: [(usize, usize); 3] = [(200, 31), (500, 11), (5_000, 3)];

/// Past this, the list of pairs alone takes 16 bytes times 25 million: pairs are left out.
const MOST_PAIRS: usize = 1_000_000;

type Way = fn(ArrayView2<f64>) -> Array2<f64>;

fn main() {
    let pool = KnownPool::new(cores_offered()).expect("the system starts its threads");
    let threads = pool.threads();
    println!("100 measurements, {threads} threads, CPU time of all of them, median");
    println!("points     one loop   a task a pair   pairs, lumped   a task a row");
    for (n, rounds) in SIZES {
        let points = random_points(n, 100);
        let few = n * n <= MOST_PAIRS;
        let ways: [(bool, usize, Way); 4] = [
            (true, 13, distances_loop),
            (few, 16, |points| by_pair(points, 1)),
            (few, 16, |points| by_pair(points, usize::MAX)),
            (true, 15, by_row),
        ];
        let mut times = [const { Vec::new() }; 4];
        for _ in 0..rounds {
            for ((wanted, _, way), times) in ways.iter().zip(&mut times) {
                if *wanted {
                    let stopwatch = Stopwatch::start();
                    black_box(pool.install(|| way(black_box(points.view()))));
                    let elapsed = stopwatch.elapsed();
                    // Wall time where the system tells no other.
                    let spent = elapsed.cpu.unwrap_or(elapsed.wall);
                    times.push(spent.as_secs_f64() * 1e3);
                }
            }
        }
        print!("{n:<6}");
        for ((_, width, _), times) in ways.iter().zip(times) {
            let shown = median(times).map_or("left out".to_owned(), |ms| format!("{ms:.1} ms"));
            print!("{shown:>width$}");
        }
        println!();
    }
}

/// Tasks of at most so many pairs. Rayon makes them as large as keeps all threads busy.
fn by_pair(points: ArrayView2<f64>, pairs_a_task: usize) -> Array2<f64> {
    let n = points.nrows();
    let pairs: Vec<(usize, usize)> = (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).collect();
    let distances = pairs
        .into_par_iter()
        .with_max_len(pairs_a_task)
        .map(|(i, j)| distance(points.row(i), points.row(j)))
        .collect();
    Array2::from_shape_vec((n, n), distances).expect("a distance for every pair")
}

/// A vector in pieces as long as a row, for n > 0.
fn by_row(points: ArrayView2<f64>) -> Array2<f64> {
    let n = points.nrows();
    let mut distances = vec![0.0; n * n];
    let rows = distances.par_chunks_exact_mut(n).enumerate();
    rows.with_max_len(1).for_each(|(i, row)| {
        for (place, there) in row.iter_mut().zip(points.rows()) {
            *place = distance(points.row(i), there);
        }
    });
    Array2::from_shape_vec((n, n), distances).expect("n rows of n")
}

fn median(mut times: Vec<f64>) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}
