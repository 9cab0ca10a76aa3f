//! What every tool that measures this lesson runs.

use std::hint::black_box;
use std::sync::Arc;

use lesson::{distance, distances_loop, random_points};
use ndarray::{Array2, ArrayView1, ArrayView2};
use row_wise_distances::{distances_by_pair, distances_by_row, row_of_distances};
use testkit::{BenchCase, Parameter, Workload};

/// As many as the notebook has.
const MEASUREMENTS: usize = 100;

/// The notebook's two sizes, each with the way that it was tried on: a task a pair, and a task a row.
const POINTS_BY_PAIR: usize = 200;
const POINTS_BY_ROW: usize = 500;

/// A pair costs as much to hand over however many there are.
const FEW_AND_MANY_BY_PAIR: [usize; 4] = [10, 50, 200, 500];

/// From tables that are done before a second thread is awake to one that fills a cache.
const FEW_AND_MANY_BY_ROW: [usize; 6] = [10, 50, 100, 200, 500, 1_000];

pub fn all() -> Vec<Workload> {
    [by_pair(), by_row()]
        .map(|workload| workload.against("two nested loops"))
        .into()
}

fn by_pair() -> Workload {
    let size = Parameter::new("points", POINTS_BY_PAIR).sweep_over(FEW_AND_MANY_BY_PAIR);
    Workload::new("all distances, a task a pair", size, |at| {
        let n = at.size;
        let numbered = numbered_points(n);
        all_distances(n, |points| distances_by_pair(points, distance)).with_trace(
            "pairs",
            move |tracer| {
                black_box(distances_by_pair(numbered.view(), |p, q| {
                    tracer.step(number_of_pair(n, p, q));
                    distance(p, q)
                }));
            },
        )
    })
}

fn by_row() -> Workload {
    let size = Parameter::new("points", POINTS_BY_ROW).sweep_over(FEW_AND_MANY_BY_ROW);
    Workload::new("all distances, a task a row", size, |at| {
        let n = at.size;
        let points = random_points(n, MEASUREMENTS);
        all_distances(n, |points| distances_by_row(points, row_of_distances))
            .with_trace("rows", move |tracer| {
                black_box(distances_by_row(points.view(), |points, i, row| {
                    tracer.call(i, || row_of_distances(points, i, row));
                }));
            })
            .with_tasks(move || (0..n).collect())
    })
}

/// Of `n` points: n² distances.
fn all_distances(
    n: usize,
    distances: impl Fn(ArrayView2<f64>) -> Array2<f64> + Send + Sync + 'static,
) -> BenchCase {
    let points = Arc::new(random_points(n, MEASUREMENTS));
    let for_serial = Arc::clone(&points);
    BenchCase::new(
        (n * n) as u64,
        move || distances_loop(black_box(for_serial.view())),
        move || distances(black_box(points.view())),
        agree,
        |distances| distances.sum(),
    )
}

/// Random points whose first measurement is their own number, so that a kernel can tell which pair it has.
fn numbered_points(n: usize) -> Array2<f64> {
    let mut points = random_points(n, MEASUREMENTS);
    let own = points.column_mut(0).into_iter().zip(0..n);
    own.for_each(|(place, number)| *place = number as f64);
    points
}

/// The number of the pair of these two among the pairs of `n` [`numbered_points`], row by row.
fn number_of_pair(n: usize, p: ArrayView1<f64>, q: ArrayView1<f64>) -> usize {
    p[0] as usize * n + q[0] as usize
}

/// Two orders of adding squares differ by less than an epsilon an addition, relative to the sum; the root halves that.
fn agree(serial: &Array2<f64>, subject: &Array2<f64>) -> bool {
    let tolerance = MEASUREMENTS as f64 * f64::EPSILON;
    serial.dim() == subject.dim()
        && serial
            .iter()
            .zip(subject)
            .all(|(serial, subject)| (serial - subject).abs() <= tolerance * serial)
}
