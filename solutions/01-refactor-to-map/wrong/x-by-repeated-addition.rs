// rejected: it drifted
// rejected: at an x computed from its index
//! Adds dx to x again and again; the rounding errors add up too.

mod model;
pub use model::{integrate_parallel, parallel_map};

pub fn integrate_map<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    let mut x = a;
    let mut total = 0.0;
    for _ in 0..n {
        total += f(x);
        x += dx;
    }
    total * dx
}
