//! The workloads of the lesson, declared once for everything that times them.

use std::hint::black_box;
use std::sync::Arc;

use instruments::Workload;
use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut2};

use crate::{Survey, distances_loop, euclidean, f, integrate_loop, points, samples, survey_loop};

const SAMPLES: usize = 2_000_000;

const POINTS: usize = 400;

const MEASUREMENTS: usize = 100;

/// The five functions of the lesson in the order of the chapter, each beside the step before it or its serial baseline.
///
/// The first, `integrate_expression`, is the baseline of the second: what it gains, it gains on one thread.
pub fn declared(
    expression: impl Fn(ArrayView1<f64>, f64) -> f64 + Send + Sync + 'static,
    fused: impl Fn(ArrayView1<f64>, f64) -> f64 + Send + Sync + 'static,
    parallel: impl Fn(ArrayView1<f64>, f64) -> f64 + Send + Sync + 'static,
    survey: impl Fn(f64, f64, usize) -> Survey + Send + Sync + 'static,
    distances: impl Fn(ArrayView2<f64>, ArrayView2<f64>, ArrayViewMut2<f64>) + Send + Sync + 'static,
) -> Vec<Workload> {
    let (a, b) = (0.0, 2.0);
    let dx = (b - a) / SAMPLES as f64;
    let xs = Arc::new(samples(a, b, SAMPLES));
    let on_xs = |integrate: Integral| {
        let xs = Arc::clone(&xs);
        move || integrate(black_box(xs.view()), dx)
    };
    let cloud = Arc::new(points(POINTS, MEASUREMENTS, 5));
    let on_cloud = |distances: Distances| {
        let cloud = Arc::clone(&cloud);
        move || {
            let mut out = Array2::zeros((POINTS, POINTS));
            distances(black_box(cloud.view()), cloud.view(), out.view_mut());
            out
        }
    };
    vec![
        Workload::new(
            format!("one thread, {SAMPLES} samples: the array expression, then fused"),
            SAMPLES as u64,
            on_xs(Box::new(expression)),
            on_xs(Box::new(fused)),
            |serial, subject| agree(*serial, *subject),
        ),
        Workload::new(
            format!("{SAMPLES} samples in an array: one loop, then in parallel"),
            SAMPLES as u64,
            on_xs(Box::new(|xs, dx| integrate_loop(f, xs, dx))),
            on_xs(Box::new(parallel)),
            |serial, subject| agree(*serial, *subject),
        ),
        Workload::new(
            format!("survey of {SAMPLES} samples: one loop, then in parallel"),
            SAMPLES as u64,
            move || survey_loop(f, black_box(a), b, black_box(SAMPLES)),
            move || survey(black_box(a), b, black_box(SAMPLES)),
            |serial, subject| {
                agree(serial.area, subject.area)
                    && (serial.lowest, serial.highest) == (subject.lowest, subject.highest)
            },
        ),
        Workload::new(
            format!("distances of {POINTS} points to each other: two loops, then rows in parallel"),
            (POINTS * POINTS) as u64,
            on_cloud(Box::new(|from, to, out| {
                distances_loop(euclidean, from, to, out);
            })),
            on_cloud(Box::new(distances)),
            |serial, subject| serial == subject,
        ),
    ]
}

type Integral = Box<dyn Fn(ArrayView1<f64>, f64) -> f64 + Send + Sync>;
type Distances = Box<dyn Fn(ArrayView2<f64>, ArrayView2<f64>, ArrayViewMut2<f64>) + Send + Sync>;

/// A sum of `SAMPLES` numbers is within `SAMPLES · ε / 2` of the sum of their absolute values, which for `x² − x` from 0
/// to 2 is 1.5 times the area: two such sums differ by less than twice `SAMPLES · ε`.
fn agree(serial: f64, subject: f64) -> bool {
    (serial - subject).abs() <= 2.0 * SAMPLES as f64 * f64::EPSILON * serial.abs()
}

/// The workloads with the functions of the crate `$subject` under test.
///
/// Integrand and distance are named here, at the call, so that the compiler can inline them.
#[macro_export]
macro_rules! workloads {
    ($subject:ident) => {
        $crate::workloads::declared(
            |xs, dx| $subject::integrate_expression(xs, dx),
            |xs, dx| $subject::integrate_fused($crate::f, xs, dx),
            |xs, dx| $subject::integrate_parallel($crate::f, xs, dx),
            |a, b, n| $subject::survey($crate::f, a, b, n),
            |from, to, out| $subject::distances($crate::euclidean, from, to, out),
        )
    };
}
