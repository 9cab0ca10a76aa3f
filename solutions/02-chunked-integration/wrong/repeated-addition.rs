// rejected: drifted
// rejected: from the index
use std::ops::Range;

mod model;
pub use model::{chunk_ranges, integrate};

pub fn integrate_range<F>(f: &F, a: f64, dx: f64, range: Range<usize>) -> f64
where
    F: Fn(f64) -> f64,
{
    let mut x = a + range.start as f64 * dx;
    let mut sum = 0.0;
    for _ in range {
        sum += f(x);
        x += dx;
    }
    sum * dx
}
