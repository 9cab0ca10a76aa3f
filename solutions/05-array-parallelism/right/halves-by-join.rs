// accepted: views cut in halves by `split_at`, and `join` for the two
//! Divide and conquer on views: nothing is copied, whatever the layout.

mod model;
pub use model::{integrate_expression, integrate_fused, survey};

use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2, Axis, Zip};

pub fn integrate_parallel<F>(f: F, xs: ArrayView1<f64>, dx: f64) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    sum_of(&f, xs) * dx
}

fn sum_of<F>(f: &F, xs: ArrayView1<f64>) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if xs.len() <= 16 {
        return xs.iter().map(|&x| f(x)).sum();
    }
    let (left, right) = xs.split_at(Axis(0), xs.len() / 2);
    let (left, right) = rayon::join(|| sum_of(f, left), || sum_of(f, right));
    left + right
}

pub fn distances<D>(
    distance: D,
    from: ArrayView2<f64>,
    to: ArrayView2<f64>,
    out: ArrayViewMut2<f64>,
) where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    assert_eq!(out.dim(), (from.nrows(), to.nrows()));
    rows(&distance, from, to, out);
}

fn rows<D>(distance: &D, from: ArrayView2<f64>, to: ArrayView2<f64>, mut out: ArrayViewMut2<f64>)
where
    D: Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync,
{
    if from.nrows() <= 1 {
        for (row, from) in out.rows_mut().into_iter().zip(from.rows()) {
            Zip::from(row)
                .and(to.rows())
                .for_each(|out, to| *out = distance(from, to));
        }
        return;
    }
    let middle = from.nrows() / 2;
    let (upper, lower) = from.split_at(Axis(0), middle);
    let (out_upper, out_lower) = out.split_at(Axis(0), middle);
    rayon::join(
        || rows(distance, upper, to, out_upper),
        || rows(distance, lower, to, out_lower),
    );
}
