// rejected: f = inf, n = 1024
// rejected: no height is above what a minimum starts from
//! `f64::MAX` is below +∞, which may be a height.

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
        lowest: f64::MAX,
        highest: f64::MIN,
    };
    if n == 0 {
        return NOTHING;
    }
    let dx = (b - a) / n as f64;
    let with = |seen: Survey, i| {
        let height = f(a + i as f64 * dx);
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
    let seen = (0..n)
        .into_par_iter()
        .fold(|| NOTHING, with)
        .reduce(|| NOTHING, together);
    Survey {
        area: seen.area * dx,
        ..seen
    }
}
