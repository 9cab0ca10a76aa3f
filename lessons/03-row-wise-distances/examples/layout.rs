//! The same distances with the measurements in several places: on one thread, and the best of them on two.

use std::hint::black_box;

use lesson_row_wise_distances::{distance, random_points};
use ndarray::{Array2, ArrayView1, ArrayView2, ShapeBuilder};
use rayon::prelude::*;
use testkit::{Stopwatch, pool_of_two};

/// Odd, so that there is a middle one.
const ROUNDS: usize = 5;

fn main() {
    let pool = pool_of_two();
    println!("100 measurements, CPU time of all threads, median of {ROUNDS} rounds\n");
    println!("{:<36}{:>10}{:>14}", "", "500 points", "2,000 points");
    let mut table = [const { Vec::new() }; 5];
    for n in [500, 2_000] {
        let rows = random_points(n, 100);
        let mut columns = Array2::zeros(rows.dim().f());
        columns.assign(&rows);
        let mut times = [const { Vec::new() }; 5];
        for _ in 0..ROUNDS {
            let (rows, columns) = (black_box(rows.view()), black_box(columns.view()));
            times[0].push(milliseconds(|| serial(rows, with_new_arrays)));
            times[1].push(milliseconds(|| serial(columns, distance)));
            times[2].push(milliseconds(|| serial(rows, distance)));
            times[3].push(milliseconds(|| serial(rows, with_two_sums)));
            times[4].push(milliseconds(|| pool.install(|| parallel(rows, distance))));
        }
        for (line, times) in table.iter_mut().zip(times) {
            line.push(median(times));
        }
    }
    let names = [
        "one thread, new arrays for every pair",
        "one thread, points as columns",
        "one thread, points as rows",
        "one thread, points as rows, two sums",
        "two threads, points as rows",
    ];
    for (name, line) in names.iter().zip(table) {
        println!("{name:<36}{:>7.1} ms{:>11.1} ms", line[0], line[1]);
    }
}

/// The distances are added up, so that only reading is compared and not writing.
fn serial(
    points: ArrayView2<f64>,
    distance: impl Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64,
) -> f64 {
    let of_row = |i| row_summed(points, i, &distance);
    (0..points.nrows()).map(of_row).sum()
}

fn parallel(
    points: ArrayView2<f64>,
    distance: impl Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
) -> f64 {
    let of_row = |i| row_summed(points, i, &distance);
    (0..points.nrows()).into_par_iter().map(of_row).sum()
}

fn row_summed(
    points: ArrayView2<f64>,
    i: usize,
    distance: impl Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64,
) -> f64 {
    let from_here = |there| distance(points.row(i), there);
    points.rows().into_iter().map(from_here).sum()
}

/// An array of differences, another of their squares: as an array library does it.
fn with_new_arrays(p: ArrayView1<f64>, q: ArrayView1<f64>) -> f64 {
    (&p - &q).mapv(|x| x * x).sum().sqrt()
}

/// For points in rows with an even number of measurements.
fn with_two_sums(p: ArrayView1<f64>, q: ArrayView1<f64>) -> f64 {
    let (p, q) = (p.as_slice().unwrap_or(&[]), q.as_slice().unwrap_or(&[]));
    let (mut even, mut odd) = (0.0, 0.0);
    for (p, q) in p.chunks_exact(2).zip(q.chunks_exact(2)) {
        even += (p[0] - q[0]) * (p[0] - q[0]);
        odd += (p[1] - q[1]) * (p[1] - q[1]);
    }
    f64::sqrt(even + odd)
}

/// Of CPU time, which other programs disturb less; of wall time where the system tells no other.
fn milliseconds(work: impl FnOnce() -> f64) -> f64 {
    let stopwatch = Stopwatch::start();
    black_box(work());
    let elapsed = stopwatch.elapsed();
    elapsed.cpu.unwrap_or(elapsed.wall).as_secs_f64() * 1e3
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
