//! Four forms of the same parallel work, side by side: an iterator, `join`, `scope`, an array operation.

use std::hint::black_box;
use std::time::Instant;

use lesson_array_parallelism::{euclidean, points};
use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2, Axis, Zip};
use testkit::{KnownPool, cores_offered};

const POINTS: usize = 500;
const MEASUREMENTS: usize = 100;

/// An odd number, so that there is a median.
const ROUNDS: usize = 9;

type Form = fn(ArrayView2<f64>, ArrayViewMut2<f64>);

const FORMS: [(&str, Form); 5] = [
    ("two loops, one thread", |points, mut out| {
        for (row, from) in out.rows_mut().into_iter().zip(points.rows()) {
            fill(row, from, points);
        }
    }),
    ("iterator", |points, mut out| {
        let rows = out.axis_iter_mut(Axis(0)).into_par_iter();
        let rows = rows.zip(points.axis_iter(Axis(0)));
        rows.for_each(|(row, from)| fill(row, from, points));
    }),
    ("join, by halves", |points, out| by_halves(points, points, out)),
    ("scope, a task a row", |points, mut out| {
        rayon::scope(|scope| {
            for (row, from) in out.rows_mut().into_iter().zip(points.rows()) {
                scope.spawn(move |_| fill(row, from, points));
            }
        });
    }),
    ("array operation", |points, mut out| {
        Zip::from(out.rows_mut())
            .and(points.rows())
            .par_for_each(|row, from| fill(row, from, points));
    }),
];

fn main() {
    let pool = KnownPool::new(cores_offered()).expect("the system starts a pool's threads");
    let points = points(POINTS, MEASUREMENTS, 5);
    let mut out = Array2::zeros((POINTS, POINTS));
    let mut times = FORMS.map(|_| Vec::new());
    for _ in 0..ROUNDS {
        for ((_, form), times) in FORMS.iter().zip(&mut times) {
            let start = Instant::now();
            pool.install(|| form(black_box(points.view()), out.view_mut()));
            times.push(start.elapsed());
            black_box(&out);
        }
    }
    println!(
        "{POINTS} × {POINTS} distances, {MEASUREMENTS} measurements, {} threads; medians of {ROUNDS} rounds\n",
        pool.threads()
    );
    for ((name, _), mut times) in FORMS.iter().zip(times) {
        times.sort();
        println!("{name:<22}{:7.1} ms", times[ROUNDS / 2].as_secs_f64() * 1e3);
    }
}

/// The distances from one point to all.
fn fill(row: ArrayViewMut1<f64>, from: ArrayView1<f64>, points: ArrayView2<f64>) {
    Zip::from(row).and(points.rows()).for_each(|out, to| *out = euclidean(from, to));
}

fn by_halves(from: ArrayView2<f64>, points: ArrayView2<f64>, mut out: ArrayViewMut2<f64>) {
    if from.nrows() <= 8 {
        for (row, from) in out.rows_mut().into_iter().zip(from.rows()) {
            fill(row, from, points);
        }
        return;
    }
    let middle = from.nrows() / 2;
    let (upper, lower) = from.split_at(Axis(0), middle);
    let (out_upper, out_lower) = out.split_at(Axis(0), middle);
    rayon::join(|| by_halves(upper, points, out_upper), || by_halves(lower, points, out_lower));
}
