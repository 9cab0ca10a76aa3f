// accepted: halves the list of chunks by recursive `join`, down to one chunk a task
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{chunk_ranges, integrate_range};

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let dx = (b - a) / n as f64;
    let integral_of = |range| integrate_range(&f, a, dx, range);
    total(&chunk_ranges(n, chunks), &integral_of)
}

fn total(ranges: &[Range<usize>], integral_of: &(impl Fn(Range<usize>) -> f64 + Sync)) -> f64 {
    match ranges {
        [] => 0.0,
        [range] => integral_of(range.clone()),
        _ => {
            let (left, right) = ranges.split_at(ranges.len() / 2);
            let (left, right) =
                rayon::join(|| total(left, integral_of), || total(right, integral_of));
            left + right
        }
    }
}
