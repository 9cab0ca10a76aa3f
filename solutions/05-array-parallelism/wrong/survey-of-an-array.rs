// rejected: survey_makes_no_array
// rejected: bytes allocated, 8.
// rejected: each x is computed from its index
//! Makes the array of the samples first, which an explicit loop can do without.

mod model;
pub use model::{distances, integrate_expression, integrate_fused, integrate_parallel};

use lesson::Survey;
use ndarray::parallel::prelude::*;

pub fn survey<F>(f: F, a: f64, b: f64, n: usize) -> Survey
where
    F: Fn(f64) -> f64 + Sync,
{
    const NOTHING: Survey = Survey {
        area: 0.0,
        lowest: f64::INFINITY,
        highest: f64::NEG_INFINITY,
    };
    if n == 0 {
        return NOTHING;
    }
    let dx = (b - a) / n as f64;
    let with = |seen: Survey, x: f64| {
        let height = f(x);
        Survey {
            area: seen.area + height,
            lowest: seen.lowest.min(height),
            highest: seen.highest.max(height),
        }
    };
    let together = |left: Survey, right: Survey| Survey {
        area: left.area + right.area,
        lowest: left.lowest.min(right.lowest),
        highest: left.highest.max(right.highest),
    };
    let seen = {
        let xs = lesson::samples(a, b, n);
        (0..n)
            .into_par_iter()
            .fold(|| NOTHING, |seen, i| with(seen, xs[i]))
            .reduce(|| NOTHING, together)
    };
    Survey {
        area: seen.area * dx,
        ..seen
    }
}
