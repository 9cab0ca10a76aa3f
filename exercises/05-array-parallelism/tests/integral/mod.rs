//! What the integrals over an array are to do, whichever function computes them.

use std::sync::Mutex;

use approx::relative_eq;
use lesson::{f, integrate_loop, samples};
use ndarray::{Array1, Array2, ArrayView1, s};
use testkit::{coverage, expect};

use super::{METER, expect_ok};

/// `integrate(f, xs, dx)`.
pub type Integral = fn(&(dyn Fn(f64) -> f64 + Sync), ArrayView1<f64>, f64) -> f64;

#[track_caller]
pub fn calls_f_once_for_each_sample(integral: Integral) {
    for n in [1, 7, 1000] {
        let called = Mutex::default();
        integral(&recording(&called), numbers(n).view(), 1.0);
        let indices = called.into_inner().unwrap().into_iter().map(|x| x as usize);
        expect_ok(
            &format!("n = {n}"),
            coverage(n, indices),
            "one call of f for each sample",
        );
    }
}

/// Sums of quarters are exact, so whatever is lost or added too much shows as what it is.
#[track_caller]
pub fn is_the_sum_times_dx(integral: Integral) {
    let (n, dx) = (1024, 0.25);
    for (height, expected) in [(0.0, 0.0), (1.0, 256.0)] {
        let area = integral(&|_| height, numbers(n).view(), dx);
        let advice = match () {
            () if area == height * n as f64 => "the sum is to be multiplied by dx",
            () if area == expected * dx => "dx is to be multiplied in once",
            () if area > expected => "every piece of a sum starts from 0",
            () => "no piece of the sum may be missing",
        };
        expect(
            area == expected,
            format!("f = {height}, n = {n}, dx = {dx}: {area}"),
            format!("{expected}; {advice}"),
        );
    }
}

/// From 1 upwards no height is negative, so either sum is off by half an epsilon an addition at most.
#[track_caller]
pub fn agrees_with_the_loop(integral: Integral) {
    for n in [1, 3, 1000, 100_000] {
        let (xs, dx) = (samples(1.0, 3.0, n), 2.0 / n as f64);
        let area = integral(&f, xs.view(), dx);
        let serial = integrate_loop(f, xs.view(), dx);
        let tolerance = rounding(n);
        let without = relative_eq!(area * dx, serial, max_relative = tolerance);
        let remark = if without && n > 2 {
            ", as if dx were not multiplied in"
        } else {
            ""
        };
        expect(
            relative_eq!(area, serial, max_relative = tolerance),
            format!("x² − x, n = {n} from 1 to 3: {area}{remark}"),
            format!(
                "{serial}, to a relative {tolerance:.0e}: f64 sums come so close, f32 sums do not"
            ),
        );
    }
}

#[track_caller]
pub fn makes_no_temporary(integral: Integral, allowed: usize) {
    let n = 100_000;
    let xs = samples(0.0, 2.0, n);
    integral(&f, xs.slice(s![..2]), 1.0); // The first parallel call starts the pool.
    let (_, allocated) = METER.measure(|| integral(&f, xs.view(), 1.0));
    expect(
        allocated.bytes < allowed,
        allocation(n, allocated.bytes),
        "no temporary array or list: each height goes straight into a sum",
    );
}

#[track_caller]
pub fn takes_a_view_that_is_not_contiguous(integral: Integral) {
    let n = 100;
    let xs = samples(1.0, 3.0, n);
    let expected = integrate_loop(f, xs.view(), 0.02);
    let mut beside = Array2::from_elem((n, 3), f64::NAN);
    beside.column_mut(1).assign(&xs);
    let reversed: Array1<f64> = xs.iter().rev().copied().collect();
    let every_other =
        Array1::from_shape_fn(2 * n, |i| if i % 2 == 0 { xs[i / 2] } else { f64::NAN });
    for (layout, view) in [
        ("the column of a matrix", beside.column(1)),
        ("from the last to the first", reversed.slice(s![..;-1])),
        ("every other element", every_other.slice(s![..;2])),
    ] {
        let area = integral(&f, view, 0.02);
        expect(
            relative_eq!(area, expected, max_relative = rounding(n)),
            format!("x² − x, n = {n}, {layout}: {area}"),
            format!("{expected}, as for the same samples side by side in memory"),
        );
    }
}

#[track_caller]
pub fn over_no_sample_is_zero(integral: Integral) {
    let area = integral(&f, ArrayView1::from(&[]), 0.5);
    expect(
        area == 0.0,
        format!("n = 0: {area}"),
        "0: nothing is summed",
    );
}

/// Adding n numbers of one sign is off by less than n · ε/2; two sums are less than n · ε apart. The 16 are for x and dx.
pub fn rounding(n: usize) -> f64 {
    (n + 16) as f64 * f64::EPSILON
}

/// 0, 1, 2, …
pub fn numbers(n: usize) -> Array1<f64> {
    (0..n).map(|i| i as f64).collect()
}

/// An integrand that keeps every x it is given.
pub fn recording(called: &Mutex<Vec<f64>>) -> impl Fn(f64) -> f64 + Sync {
    |x| {
        called.lock().unwrap().push(x);
        1.0
    }
}

pub fn allocation(n: usize, bytes: usize) -> String {
    format!(
        "n = {n}: {bytes} bytes allocated, {:.1} a sample",
        bytes as f64 / n as f64
    )
}
