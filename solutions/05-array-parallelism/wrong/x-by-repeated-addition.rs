// rejected: with x computed from the index i
// rejected: n = 100000 from 0.1 to 1.3
//! Each piece starts from its index, and goes on by adding dx: the rounding adds up.

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
    let with = |(seen, x): (Survey, Option<f64>), i| {
        let x = x.map_or(a + i as f64 * dx, |x| x + dx);
        let height = f(x);
        let seen = Survey {
            area: seen.area + height,
            lowest: seen.lowest.min(height),
            highest: seen.highest.max(height),
        };
        (seen, Some(x))
    };
    let seen = (0..n)
        .into_par_iter()
        .fold(|| (NOTHING, None), with)
        .map(|(seen, _)| seen)
        .reduce(
            || NOTHING,
            |left, right| Survey {
                area: left.area + right.area,
                lowest: left.lowest.min(right.lowest),
                highest: left.highest.max(right.highest),
            },
        );
    Survey {
        area: seen.area * dx,
        ..seen
    }
}
