#![doc = include_str!("../README.md")]

mod survey;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2};

pub use survey::{Survey, survey_loop};

/// The integrand of the course, x² − x. Its integral from 0 to 2 is 2/3.
// Without this no other crate could inline it while cargo compiles incrementally, and a sample would cost a call.
#[inline]
pub fn f(x: f64) -> f64 {
    x * x - x
}

/// Where the left rule takes its samples: `n` values `a + i · dx`, with `dx = (b − a) / n`. None for `n` = 0.
pub fn samples(a: f64, b: f64, n: usize) -> Array1<f64> {
    let dx = (b - a) / n as f64;
    Array1::from_shape_fn(n, |i| a + i as f64 * dx)
}

/// The serial baseline of the integrals: `f` at each of the `xs`, summed in one loop, times `dx`. 0 without `xs`.
pub fn integrate_loop<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64,
{
    let mut sum = 0.0;
    for &x in xs {
        sum += f(x);
    }
    sum * dx
}

/// `count` points of `measurements` numbers between 0 and 1, a point a row; for one `seed` always the same.
pub fn points(count: usize, measurements: usize, seed: u64) -> Array2<f64> {
    let mut random = fastrand::Rng::with_seed(seed);
    Array2::from_shape_simple_fn((count, measurements), || random.f64())
}

/// The Euclidean distance of two points, √Σ(pₖ − qₖ)².
///
/// # Panics
///
/// If the points have different numbers of measurements.
// As for `f`.
#[inline]
pub fn euclidean(p: ArrayView1<f64>, q: ArrayView1<f64>) -> f64 {
    assert_eq!(p.len(), q.len(), "points with as many measurements");
    let squares = p.iter().zip(q).map(|(p, q)| (p - q) * (p - q));
    squares.sum::<f64>().sqrt()
}

/// The serial baseline of the distances: `out[i, j] = distance(row i of from, row j of to)`, in two loops.
///
/// # Panics
///
/// If `out` has fewer rows than `from`, or fewer columns than `to` has rows.
pub fn distances_loop<D>(
    distance: D,
    from: ArrayView2<f64>,
    to: ArrayView2<f64>,
    mut out: ArrayViewMut2<f64>,
) where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64,
{
    for i in 0..from.nrows() {
        for j in 0..to.nrows() {
            out[[i, j]] = distance(from.row(i), to.row(j));
        }
    }
}
