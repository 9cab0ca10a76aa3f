#![doc = include_str!("../README.md")]

pub mod layouts;
pub mod mistakes;

use ndarray::{Array2, ArrayView1, ArrayView2};

/// The Euclidean distance of two points: the square root of the sum of (x − y)² over their measurements.
///
/// 0 for points without measurements. A NaN in either point makes it NaN.
///
/// # Panics
///
/// If the points differ in their number of measurements.
#[inline]
pub fn distance(p: ArrayView1<f64>, q: ArrayView1<f64>) -> f64 {
    assert_eq!(p.len(), q.len(), "points of the same measurements");
    let mut sum = 0.0;
    for (x, y) in p.iter().zip(q) {
        sum += (x - y) * (x - y);
    }
    sum.sqrt()
}

/// The serial baseline: the [`distance`] of every point to every point, one after the other.
///
/// `points` has a row for each of n points; row i, column j of the n × n result is the distance from point i to point j.
pub fn distances_loop(points: ArrayView2<f64>) -> Array2<f64> {
    let n = points.nrows();
    let mut distances = Array2::zeros((n, n));
    for i in 0..n {
        for j in 0..n {
            distances[[i, j]] = distance(points.row(i), points.row(j));
        }
    }
    distances
}

/// `n` points with `d` measurements each, evenly random from 0 to 1, and the same in every run.
pub fn random_points(n: usize, d: usize) -> Array2<f64> {
    let mut random = fastrand::Rng::with_seed(3);
    Array2::from_shape_simple_fn((n, d), || random.f64())
}
