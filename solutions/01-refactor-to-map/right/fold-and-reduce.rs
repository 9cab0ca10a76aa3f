// accepted: the partial results of `fold` made explicit, and put together by `reduce`
//! Appending lists is a reduction too: its order is kept, and the empty list is neutral.

mod model;
pub use model::integrate_map;

use rayon::prelude::*;

pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send,
    F: Fn(&T) -> U + Sync,
{
    items
        .par_iter()
        .fold(Vec::new, |mut results, item| {
            results.push(f(item));
            results
        })
        .reduce(Vec::new, |mut left, mut right| {
            left.append(&mut right);
            left
        })
}

pub fn integrate_parallel<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    (0..n)
        .into_par_iter()
        .fold(|| 0.0, |total, i| total + f(a + i as f64 * dx))
        .reduce(|| 0.0, |left, right| left + right)
        * dx
}
