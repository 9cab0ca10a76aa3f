// attack: a function that compiles by itself and cannot be compiled for any integrand
// outcome: did-not-compile
use std::num::NonZeroUsize;

mod model;
pub use model::{chunk_ranges, integrate_range};

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    const {
        assert!(
            size_of::<F>() > 1 << 20,
            "the fault is in check.rs, not here"
        );
    }
    model::integrate(f, a, b, n, chunks)
}
