// rejected: the samples [3.0, 4.0, 5.0, 6.0, 7.0]
use std::ops::Range;

mod model;
pub use model::{chunk_ranges, integrate};

pub fn integrate_range<F>(f: &F, a: f64, dx: f64, range: Range<usize>) -> f64
where
    F: Fn(f64) -> f64,
{
    (range.start..=range.end)
        .map(|i| f(a + i as f64 * dx))
        .sum::<f64>()
        * dx
}
