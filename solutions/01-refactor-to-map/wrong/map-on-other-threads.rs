// rejected: cannot be shared between threads safely
//! Makes `integrate_map` parallel already, which asks more of its closure than the contract does.

mod model;
pub use model::{integrate_parallel, parallel_map};

pub fn integrate_map<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    integrate_parallel(f, a, b, n)
}
