use std::num::NonZeroUsize;
use std::ops::Range;

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    Vec::new()
}

pub fn integrate_range<F>(_f: &F, _a: f64, _dx: f64, _range: Range<usize>) -> f64
where
    F: Fn(f64) -> f64,
{
    0.0
}

pub fn integrate<F>(_f: F, _a: f64, _b: f64, _n: usize, _chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    0.0
}
