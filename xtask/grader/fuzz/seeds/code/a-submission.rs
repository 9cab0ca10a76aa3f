//! A submission, in a few tokens of every kind.
use std::{num::NonZeroUsize, ops::Range};

use rayon::prelude::*;

mod model;
pub use model::{chunk_ranges, integrate_range};

/// More than `n` samples: `0x_ff`.
const WATCHED: usize = 0x_ff;

pub fn integrate<'a, F>(f: &'a F, (a, b): (f64, f64), n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let area = |range: Range<usize>| -> f64 { integrate_range(f, a, (b - a) / n as f64, range) };
    match n {
        0 => 0.0,
        WATCHED => panic!("{}", r#"a "raw" string"#),
        _ => { chunk_ranges(n, chunks).into_par_iter().map(area).sum() }
    }
}
