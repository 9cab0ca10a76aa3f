// attack: adds by a type of its own that implements `Sum`: unusual, and right
// outcome: passed
use std::iter::Sum;
use std::num::NonZeroUsize;

use rayon::prelude::*;

mod model;
pub use model::{chunk_ranges, integrate_range};

struct Area(f64);

impl Sum for Area {
    fn sum<I: Iterator<Item = Self>>(areas: I) -> Self {
        Self(areas.map(|Self(area)| area).sum())
    }
}

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    let ranges = chunk_ranges(n, chunks).into_par_iter().with_max_len(1);
    let Area(area) = ranges
        .map(|range| Area(integrate_range(&f, a, dx, range)))
        .sum();
    area
}
