// attack: a trait of its own makes `into_par_iter` a serial iterator, for whoever only reads the code
// outcome: failed
use std::num::NonZeroUsize;

mod model;
pub use model::{chunk_ranges, integrate_range};

mod rayon {
    pub mod prelude {
        pub trait IntoParallelIterator: IntoIterator + Sized {
            fn into_par_iter(self) -> Self::IntoIter {
                self.into_iter()
            }
        }

        impl<I: IntoIterator> IntoParallelIterator for I {}
    }
}

use self::rayon::prelude::*;

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    let ranges = chunk_ranges(n, chunks).into_par_iter();
    ranges.map(|range| integrate_range(&f, a, dx, range)).sum()
}
