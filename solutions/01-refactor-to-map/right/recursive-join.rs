// accepted: halves the work with `join` until a piece is short, and adds on the way back
//! Both parallel functions by divide and conquer.

mod model;
pub use model::integrate_map;

use std::ops::Range;

pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send,
    F: Fn(&T) -> U + Sync,
{
    mapped(items, &f)
}

fn mapped<T: Sync, U: Send>(items: &[T], f: &(impl Fn(&T) -> U + Sync)) -> Vec<U> {
    if items.len() <= 16 {
        return items.iter().map(f).collect();
    }
    let (left, right) = items.split_at(items.len() / 2);
    let (mut left, right) = rayon::join(|| mapped(left, f), || mapped(right, f));
    left.extend(right);
    left
}

pub fn integrate_parallel<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    total(0..n, &|i| f(a + i as f64 * dx)) * dx
}

fn total(indices: Range<usize>, height: &(impl Fn(usize) -> f64 + Sync)) -> f64 {
    if indices.len() <= 16 {
        return indices.map(height).sum();
    }
    let middle = indices.start + indices.len() / 2;
    let (left, right) = rayon::join(
        || total(indices.start..middle, height),
        || total(middle..indices.end, height),
    );
    left + right
}
