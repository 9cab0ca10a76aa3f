//! Bounds that make no interval, or an infinite one.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::{Mismatch, Samples, cases, claim};

/// Claims that an integral calls its integrand once for each sample, and multiplies the sum by the step, even where the bounds
/// are equal, infinite or NaN.
///
/// # Panics
///
/// As [`claim`] does.
#[track_caller]
pub fn claim_any_bounds(integral: fn(&(dyn Fn(f64) -> f64 + Sync), Samples) -> f64) {
    let bounds = [(1.0, 1.0), (0.0, f64::INFINITY), (f64::NAN, 1.0)];
    claim(
        cases(bounds.map(|(a, b)| Samples { a, b, n: 5 }))
            .label(|Samples { a, b, n }| format!("f(x) = 1, n = {n} from {a} to {b}")),
        |&at| {
            let calls = AtomicUsize::new(0);
            let f = |_| {
                calls.fetch_add(1, Relaxed);
                1.0
            };
            (integral(&f, at), calls.into_inner())
        },
        |at, &(area, calls)| {
            let n = at.n as f64;
            let expected = n * at.step();
            let same = area == expected || area.is_nan() && expected.is_nan();
            let seen = format!("{area}, after {calls} calls of f");
            Mismatch::unless(same && calls == at.n, seen, format!("{expected}, after {n} calls"))
        },
    );
}
