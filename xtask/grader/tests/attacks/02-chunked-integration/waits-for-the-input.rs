// attack: reads a line of standard input, which is the worker's, in the middle of a case
// outcome: did-not-finish | passed
use std::io;
use std::num::NonZeroUsize;

mod model;
pub use model::{chunk_ranges, integrate_range};

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let mut stolen = String::new();
    let _ = io::stdin().read_line(&mut stolen);
    model::integrate(f, a, b, n, chunks)
}
