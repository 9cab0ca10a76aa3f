//! What every tool that measures this lesson runs, declared once.

use std::hint::black_box;
use std::sync::Arc;

use ndarray::{Array2, ArrayView1, ArrayView2};
use testkit::{Count, Job, Trail, Workload};

use crate::{distances_loop, random_points};

/// As many as the notebook has.
const MEASUREMENTS: usize = 100;

/// The notebook's two sizes, each with the way that it was tried on: a task a pair, and a task a row.
const POINTS_BY_PAIR: usize = 200;
const POINTS_BY_ROW: usize = 500;

/// A pair costs as much to hand over however many there are.
const FEW_AND_MANY_BY_PAIR: [usize; 4] = [10, 50, 200, 500];

/// From tables that are done before a second thread is awake to one that fills a cache.
const FEW_AND_MANY_BY_ROW: [usize; 6] = [10, 50, 100, 200, 500, 1_000];

/// The workloads for all distances, computed `by_pair` and `by_row`. The traced ones do the same with kernels that tell
/// the trail: of each pair (i, j) of `numbered_points` as item i · n + j, and of each row.
pub fn declared(
    by_pair: impl Fn(ArrayView2<f64>) -> Array2<f64> + Copy + Send + Sync + 'static,
    traced_by_pair: impl Fn(&Trail, ArrayView2<f64>) -> Array2<f64> + Copy + Send + Sync + 'static,
    by_row: impl Fn(ArrayView2<f64>) -> Array2<f64> + Copy + Send + Sync + 'static,
    traced_by_row: impl Fn(&Trail, ArrayView2<f64>) -> Array2<f64> + Copy + Send + Sync + 'static,
) -> Vec<Workload> {
    let points = |usual, swept: &[usize]| Count::of("points", usual).swept(swept.iter().copied());
    let workloads = [
        Workload::new(
            "all distances, a task a pair",
            points(POINTS_BY_PAIR, &FEW_AND_MANY_BY_PAIR),
            move |at| {
                let numbered = numbered_points(at.size);
                all_distances(at.size, by_pair).traced("pairs", move |trail| {
                    black_box(traced_by_pair(trail, numbered.view()));
                })
            },
        ),
        Workload::new(
            "all distances, a task a row",
            points(POINTS_BY_ROW, &FEW_AND_MANY_BY_ROW),
            move |at| {
                let points = random_points(at.size, MEASUREMENTS);
                all_distances(at.size, by_row)
                    .traced("rows", move |trail| {
                        black_box(traced_by_row(trail, points.view()));
                    })
                    .with_tasks(move || (0..at.size).collect())
            },
        ),
    ];
    workloads
        .into_iter()
        .map(|workload| workload.against("two nested loops"))
        .collect()
}

/// Of `n` points: n² distances.
fn all_distances(
    n: usize,
    distances: impl Fn(ArrayView2<f64>) -> Array2<f64> + Send + Sync + 'static,
) -> Job {
    let points = Arc::new(random_points(n, MEASUREMENTS));
    let for_serial = Arc::clone(&points);
    Job::new(
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

/// The number of the pair of these two among the pairs of `n` `numbered_points`, row by row.
pub fn number_of_pair(n: usize, p: ArrayView1<f64>, q: ArrayView1<f64>) -> usize {
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

/// The workloads for the functions of a crate: `workloads!(row_wise_distances)`.
///
/// The kernels are named where they are called, so that the compiler can put them into the loop.
#[macro_export]
macro_rules! workloads {
    ($subject:ident) => {
        $crate::workloads::declared(
            |points| $subject::distances_by_pair(points, $crate::distance),
            |trail, points| {
                let n = points.nrows();
                $subject::distances_by_pair(points, |p, q| {
                    trail.step($crate::workloads::number_of_pair(n, p, q));
                    $crate::distance(p, q)
                })
            },
            |points| $subject::distances_by_row(points, $subject::row_of_distances),
            |trail, points| {
                $subject::distances_by_row(points, |points, i, row| {
                    trail.call(i, || $subject::row_of_distances(points, i, row));
                })
            },
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pair_has_its_number() {
        let points = numbered_points(5);
        let number = |(i, j)| number_of_pair(5, points.row(i), points.row(j));
        assert_eq!([(0, 0), (0, 4), (1, 0), (4, 4)].map(number), [0, 4, 5, 24]);
    }
}
