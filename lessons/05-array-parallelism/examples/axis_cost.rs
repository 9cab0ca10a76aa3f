//! What an item of a parallel axis iterator costs: the same samples in rows of 1, 2, 4, … elements, on two threads.

use std::hint::black_box;
use std::time::Instant;

use lesson_array_parallelism::{f, samples};
use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView1, ArrayView2, Axis, Zip};
use testkit::{Probe, pool_of_two};

const SAMPLES: usize = 1 << 21;

/// An odd number, so that there is a median.
const ROUNDS: usize = 15;

fn main() {
    let lengths: Vec<usize> = (0..=14).step_by(2).map(|power| 1 << power).collect();
    let matrices: Vec<Array2<f64>> = lengths.iter().map(|&length| in_rows_of(length)).collect();
    let pool = pool_of_two();
    let mut times = vec![[Vec::new(), Vec::new()]; lengths.len()];
    for _ in 0..ROUNDS {
        for (matrix, [axis, zip]) in matrices.iter().zip(&mut times) {
            axis.push(time(|| pool.install(|| by_axis_iter(matrix.view()))));
            zip.push(time(|| pool.install(|| by_zip(matrix.view()))));
        }
    }
    println!("{SAMPLES} samples on two threads; medians of {ROUNDS} rounds\n");
    println!("elements a row      rows   axis_iter   Zip over rows   pieces of axis_iter");
    for ((length, matrix), [axis, zip]) in lengths.iter().zip(&matrices).zip(times) {
        let probe = Probe::new();
        let work = || {
            let rows = matrix.axis_iter(Axis(0)).into_par_iter().enumerate();
            rows.for_each(|(i, row)| _ = probe.call(i, || black_box(sum_of(row))));
        };
        pool.install(work);
        let pieces = probe.log().runs(|&i| i).len();
        println!(
            "{length:14} {:9} {:8.2} ms {:12.2} ms {pieces:21}",
            matrix.nrows(),
            median(axis),
            median(zip)
        );
    }
}

fn in_rows_of(length: usize) -> Array2<f64> {
    samples(0.0, 2.0, SAMPLES)
        .into_shape_with_order((SAMPLES / length, length))
        .expect("a power of two falls into rows of a power of two")
}

fn by_axis_iter(matrix: ArrayView2<f64>) -> f64 {
    matrix.axis_iter(Axis(0)).into_par_iter().map(sum_of).sum()
}

fn by_zip(matrix: ArrayView2<f64>) -> f64 {
    Zip::from(matrix.rows()).par_fold(
        || 0.0,
        |sum, row| sum + sum_of(row),
        |left, right| left + right,
    )
}

fn sum_of(row: ArrayView1<f64>) -> f64 {
    row.iter().map(|&x| f(x)).sum()
}

/// In milliseconds.
fn time(sum: impl FnOnce() -> f64) -> f64 {
    let start = Instant::now();
    black_box(sum());
    start.elapsed().as_secs_f64() * 1e3
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
