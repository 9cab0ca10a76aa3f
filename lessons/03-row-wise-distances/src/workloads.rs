//! What every tool that measures this lesson runs, declared once.

use std::hint::black_box;

use instruments::Workload;
use ndarray::{Array2, ArrayView2};

use crate::{distances_loop, random_points};

/// As many as the notebook has.
const MEASUREMENTS: usize = 100;

/// The notebook's two sizes, each with the way that it was tried on: a task a pair, and a task a row.
const POINTS_BY_PAIR: usize = 200;
const POINTS_BY_ROW: usize = 500;

/// The workloads for all distances, computed `by_pair` and `by_row`.
pub fn declared(
    by_pair: impl Fn(ArrayView2<f64>) -> Array2<f64> + Copy + Send + Sync + 'static,
    by_row: impl Fn(ArrayView2<f64>) -> Array2<f64> + Copy + Send + Sync + 'static,
) -> Vec<Workload> {
    vec![
        all_pairs(POINTS_BY_PAIR, "a task a pair", by_pair),
        all_pairs(POINTS_BY_ROW, "a task a row", by_row),
    ]
}

fn all_pairs(
    n: usize,
    way: &str,
    distances: impl Fn(ArrayView2<f64>) -> Array2<f64> + Send + Sync + 'static,
) -> Workload {
    let for_serial = random_points(n, MEASUREMENTS);
    let (for_subject, for_digest) = (for_serial.clone(), for_serial.clone());
    Workload::new(
        format!("{n} points × {MEASUREMENTS} measurements, {way}"),
        (n * n) as u64,
        move || distances_loop(black_box(for_serial.view())),
        move || distances(black_box(for_subject.view())),
        agree,
    )
    .with_digest(move || distances_loop(for_digest.view()).sum())
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
            |points| $subject::distances_by_row(points, $subject::row_of_distances),
        )
    };
}
