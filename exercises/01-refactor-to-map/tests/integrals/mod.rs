//! What both integrals promise: `integrate_map`, and `integrate_parallel` in a pool of two.

use std::hint::black_box;
use std::sync::Mutex;

use approx::relative_eq;
use fastrand::Rng;
use lesson::{f, integrate_loop};
use refactor_to_map::{integrate_map, integrate_parallel};
use testkit::{Mismatch, RandomIntegrand, Samples, cases, claim, claim_growth, pool_of_two};

use super::METER;

/// An integral of a function over these samples.
pub type Integral = fn(&(dyn Fn(f64) -> f64 + Sync), Samples) -> f64;
pub const MAP: Integral = |f, at| integrate_map(f, at.a, at.b, at.n);
pub const PARALLEL: Integral =
    |f, at| pool_of_two().install(|| integrate_parallel(f, at.a, at.b, at.n));

#[track_caller]
pub fn claim_one_call_at_each_sample(integral: Integral) {
    let fixed = [
        (0.0, 2.0, 4),
        (-1.0, 0.7, 10),
        (2.0, 0.0, 99),
        (0.1, 1.3, 50_000),
    ];
    claim(
        cases(fixed.map(|(a, b, n)| Samples { a, b, n }))
            .and_random(|random| RandomIntegrand::draw(random, 1_000).samples)
            .label(interval),
        |&at| record(integral, at),
        |at, xs| {
            let fault = at.check(xs.iter().copied()).err();
            Mismatch::unless(
                fault.is_none(),
                fault.unwrap_or_default(),
                "one call of f at the left end of each step, at an x computed from its index: a + i·dx",
            )
        },
    );
}

/// Sums of quarters are exact, so whatever is lost or added too much shows as what it is.
#[track_caller]
pub fn claim_width_times_height(integral: Integral) {
    let (width, n, dx) = (256.0, 1_024, 0.25);
    let at = Samples {
        a: 0.0,
        b: width,
        n,
    };
    claim(
        cases([at]).label(|at| format!("f(x) = 1, {}", interval(at))),
        |&at| integral(&|_| 1.0, at),
        |_, &area| {
            let advice = if area == n as f64 {
                "the sum is to be multiplied by dx"
            } else if area > width {
                "what a sum starts from must be 0, for each piece of it too"
            } else {
                "nothing may be missing, such as the partial sum of a piece"
            };
            let expected = format!("{width}: {n} samples of 1, times dx = {dx}; {advice}");
            Mismatch::unless(area == width, area, expected)
        },
    );
}

#[track_caller]
pub fn claim_zero_and_rectangle(integral: Integral) {
    let fixed = [
        (0.0, 2.0, 0),
        (2.0, 0.0, 0),
        (1.0, 1.0, 0),
        (0.0, f64::INFINITY, 0),
        (1e308, -1e308, 0),
        (2.0, 5.0, 1),
    ];
    claim(
        cases(fixed.map(|(a, b, n)| Samples { a, b, n }))
            .and_random(|random| {
                let b = [2.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN][random.usize(..4)];
                let a = random.f64();
                Samples { a, b, n: 0 }
            })
            .times(5)
            .label(interval),
        |&at| (integral(&f, at), record(integral, at).len()),
        |&Samples { n, .. }, &(area, calls)| {
            let (expected, reason) = match n {
                0 => (0.0, "0 and no call: dx = (b − a) / 0 is no width"),
                _ => (6.0, "6 and 1 call: the rectangle f(2) · (5 − 2)"),
            };
            let seen = format!("{area}, after {calls} calls of f");
            Mismatch::unless(area == expected && calls == n, seen, reason)
        },
    );
}

#[track_caller]
pub fn claim_negative_from_right_to_left(integral: Integral) {
    let (a, b, n) = (2.0, 0.0, 4);
    claim(
        cases([Samples { a, b, n }]).label(|at| format!("f(x) = 1, {}", interval(at))),
        |&at| integral(&|_| 1.0, at),
        |_, &area| {
            let expected = "-2: from right to left dx is negative, and so is the area";
            Mismatch::unless(area == -2.0, area, expected)
        },
    );
}

#[track_caller]
pub fn claim_nan_shows(integral: Integral) {
    let (a, b, n) = (0.0, 1.0, 4);
    claim(
        cases([(Samples { a, b, n }, 2)])
            .and_random(|random| {
                let n = random.usize(1..2_000);
                let at = RandomIntegrand::draw(random, 0).of(n).samples;
                (at, random.usize(..n))
            })
            .label(|(at, nan)| format!("{}, f({}) is NaN", interval(at), at.x(*nan))),
        |&(at, nan)| {
            let is_nan = |x| at.index_of(x) == Ok(nan);
            integral(&|x| if is_nan(x) { f64::NAN } else { x }, at)
        },
        |_, area| {
            let expected = "NaN: a sample that is not a number must show in the area";
            Mismatch::unless(area.is_nan(), format!("{area:?}"), expected)
        },
    );
}

/// Adding n numbers of one sign makes n − 1 roundings of at most ε/2 each, relative to the sum so far. So a sum in any
/// order is within n·ε/2 of the true one, and two sums are within n·ε of each other. A few more ε are for x and dx.
#[track_caller]
pub fn claim_area_of_the_loop(integral: Integral) {
    let positive = |x: f64| x * x + 1.0;
    claim(
        cases([1, 3, 1_000, 100_000].map(from_0_to_2))
            .label(|at| format!("f(x) = x² + 1, {}", interval(at))),
        |&at| integral(&positive, at),
        |&Samples { a, b, n }, &area| {
            let tolerance = (n + 16) as f64 * f64::EPSILON;
            let of_the_loop = integrate_loop(positive, a, b, n);
            Mismatch::unless(
                relative_eq!(area, of_the_loop, max_relative = tolerance),
                format!(
                    "{area}, the loop gives {of_the_loop}, {:.1e} apart",
                    (area / of_the_loop - 1.0).abs()
                ),
                format!("at most {tolerance:.1e} apart (relative): f64 sums do, f32 sums do not"),
            )
        },
    );
}

/// Enough samples that an x which is not computed from its index drifts away.
#[track_caller]
pub fn claim_area_of_any_f(integral: Integral) {
    claim(
        cases(RandomIntegrand::odd_ones(from_0_to_2(100)))
            .and_random(|random| RandomIntegrand::draw(random, 20_000)),
        |at| integral(&|x| at.f(x), at.samples),
        |at, &area| at.has_area(0..at.samples.n, area),
    );
}

/// On a step from x to x + dx the left rule misses the integral of f(t) − f(x), which is f′(x)·dx²/2 and smaller terms.
/// All steps together: Σ f′(x)·dx · dx/2, which tends to (f(b) − f(a))·dx/2, so the error falls as 1/n. The next term of
/// the series (Euler and Maclaurin) is (f′(b) − f′(a))·dx²/12; for a polynomial of degree two it is the last.
#[track_caller]
pub fn claim_error_of_the_rule(integral: Integral) {
    let slope = |x: f64| 2.0 * x - 1.0;
    let closed_form = |x: f64| x * x * x / 3.0 - x * x / 2.0;
    let intervals = [(0.0, 2.0), (-1.0, 3.0), (0.0, 1.0), (2.0, 0.0)];
    let fixed = intervals
        .into_iter()
        .flat_map(|(a, b)| [1, 10, 100, 10_000].map(|n| Samples { a, b, n }));
    claim(
        cases(fixed).label(|at| format!("x² − x, {}", interval(at))),
        |&at| integral(&f, at),
        |&Samples { a, b, n }, &area| {
            let dx = (b - a) / n as f64;
            let of_the_rule =
                ((f(b) - f(a)) * dx / 2.0).abs() + ((slope(b) - slope(a)) * dx * dx / 12.0).abs();
            // |f| is at most 6 on these intervals.
            let of_rounding = n as f64 * f64::EPSILON * 6.0 * (b - a).abs();
            let tolerance = of_the_rule + of_rounding;
            let true_area = closed_form(b) - closed_form(a);
            Mismatch::unless(
                (area - true_area).abs() <= tolerance,
                area,
                format!("{true_area:.6} ± {tolerance:.1e}, the error of the left rule"),
            )
        },
    );
}

/// What is needed by threads does not grow with n.
#[track_caller]
pub fn claim_no_list() {
    // So far apart that a list of one number for each 4,096 samples shows.
    let drawn = |random: &mut Rng| [random.usize(..100), random.usize(400_000..500_000)];
    claim_growth(
        cases([[10, 30_000]])
            .and_random(drawn)
            .times(1)
            .label(|[few, many]| format!("n = {few} and n = {many}")),
        |&n, pool| {
            let Samples { a, b, n } = black_box(from_0_to_2(n));
            METER.measure_least(|| _ = black_box(pool.install(|| integrate_parallel(f, a, b, n))))
        },
        |_| 0,
        "each value goes straight into a sum, with no list of values or indices",
    );
}

pub fn from_0_to_2(n: usize) -> Samples {
    let (a, b) = (0.0, 2.0);
    Samples { a, b, n }
}

pub fn interval(Samples { a, b, n }: &Samples) -> String {
    format!("n = {n} from {a} to {b}")
}

/// Every x at which `integral` calls f.
fn record(integral: Integral, at: Samples) -> Vec<f64> {
    let xs = Mutex::new(Vec::new());
    let f = |x| {
        xs.lock().unwrap().push(x);
        1.0
    };
    integral(&f, at);
    xs.into_inner().unwrap()
}
