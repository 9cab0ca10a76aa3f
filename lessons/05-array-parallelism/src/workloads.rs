//! The workloads of the lesson, declared once for everything that times them: each function beside the step before it or
//! its serial baseline, in the order of the chapter.

use std::hint::black_box;
use std::sync::Arc;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2};
use testkit::{Count, Job, Samples, Trail, Workload, shared};

use crate::{Survey, distances_loop, euclidean, f, integrate_loop, points, samples, survey_loop};

/// Where samples are taken.
const INTERVAL: (f64, f64) = (0.0, 2.0);

const SAMPLES: usize = 2_000_000;

/// As arrays they take 16 kB to 160 MB: from what fits into a core's own cache to what fits into none.
const CACHED_TO_UNCACHED: [usize; 5] = [2_000, 20_000, 200_000, 2_000_000, 20_000_000];

const POINTS: usize = 400;

/// From a table that is done before a second thread is awake to one of 8 MB.
const FEW_TO_MANY: [usize; 5] = [10, 50, 100, 400, 1_000];

const MEASUREMENTS: usize = 100;

/// So many samples as an array: the same one for all who have it at the same time, since it may be large.
pub type Arrays = Arc<dyn Fn(usize) -> Arc<Array1<f64>> + Send + Sync>;

/// The arrays for [`fused`] and [`parallel`].
pub fn arrays() -> Arrays {
    let (a, b) = INTERVAL;
    Arc::new(shared(move |n| samples(a, b, n)))
}

/// `fused` against the array `expression`: what it gains, it gains on one thread.
pub fn fused(
    arrays: &Arrays,
    expression: impl Fn(ArrayView1<f64>, f64) -> f64 + Copy + Send + Sync + 'static,
    fused: impl Fn(ArrayView1<f64>, f64) -> f64 + Copy + Send + Sync + 'static,
    traced: impl Fn(&Trail, Samples, ArrayView1<f64>) -> f64 + Copy + Send + Sync + 'static,
) -> Workload {
    on_an_array(
        "integral of an array, fused",
        arrays,
        expression,
        fused,
        traced,
    )
    .against("the array expression")
    .on_one_thread()
}

/// `parallel` against the loop.
pub fn parallel(
    arrays: &Arrays,
    parallel: impl Fn(ArrayView1<f64>, f64) -> f64 + Copy + Send + Sync + 'static,
    traced: impl Fn(&Trail, Samples, ArrayView1<f64>) -> f64 + Copy + Send + Sync + 'static,
) -> Workload {
    let serial = |xs: ArrayView1<f64>, dx| integrate_loop(f, xs, dx);
    on_an_array(
        "integral of an array, in parallel",
        arrays,
        serial,
        parallel,
        traced,
    )
}

fn on_an_array(
    what: &str,
    arrays: &Arrays,
    serial: impl Fn(ArrayView1<f64>, f64) -> f64 + Copy + Send + Sync + 'static,
    subject: impl Fn(ArrayView1<f64>, f64) -> f64 + Copy + Send + Sync + 'static,
    traced: impl Fn(&Trail, Samples, ArrayView1<f64>) -> f64 + Copy + Send + Sync + 'static,
) -> Workload {
    let arrays = Arc::clone(arrays);
    Workload::new(what, numbers_of_samples(), move |at| {
        let samples = from_a_to_b(at.size);
        let dx = samples.step();
        let xs = arrays(at.size);
        let [for_serial, for_trace] = [(); 2].map(|()| Arc::clone(&xs));
        Job::new(
            at.size as u64,
            move || serial(black_box(for_serial.view()), dx),
            move || subject(black_box(xs.view()), dx),
            move |serial, subject| agree(*serial, *subject, at.size),
            |area| *area,
        )
        .traced("samples", move |trail| {
            black_box(traced(trail, samples, for_trace.view()));
        })
    })
}

/// `survey` against the loop. Its digest is the sum of the three numbers.
pub fn survey(
    survey: impl Fn(Samples) -> Survey + Copy + Send + Sync + 'static,
    traced: impl Fn(&Trail, Samples) -> Survey + Copy + Send + Sync + 'static,
) -> Workload {
    Workload::new("survey of x² − x", numbers_of_samples(), move |at| {
        let samples = from_a_to_b(at.size);
        Job::new(
            at.size as u64,
            move || {
                let Samples { a, b, n } = black_box(samples);
                survey_loop(f, a, b, n)
            },
            move || survey(black_box(samples)),
            move |serial, subject| {
                agree(serial.area, subject.area, at.size)
                    && (serial.lowest, serial.highest) == (subject.lowest, subject.highest)
            },
            |seen| seen.area + seen.lowest + seen.highest,
        )
        .traced("samples", move |trail| {
            black_box(traced(trail, samples));
        })
    })
}

/// A kernel behind a reference. As a type of its own it would make a second instance of the exercise's code, beside which the
/// compiler inlines less of the first, and that one is timed.
pub type Distance<'a> = &'a (dyn Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync);

/// `distances` of points to each other, against the loops. `traced` does the same with a kernel that tells the trail of
/// each pair (i, j) as item i · n + j; a row of pairs is a task.
pub fn distances(
    distances: impl Fn(ArrayView2<f64>, ArrayView2<f64>, ArrayViewMut2<f64>)
    + Copy
    + Send
    + Sync
    + 'static,
    traced: impl Fn(Distance, ArrayView2<f64>, ArrayViewMut2<f64>) + Copy + Send + Sync + 'static,
) -> Workload {
    let size = Count::of("points", POINTS).swept(FEW_TO_MANY);
    let workload = Workload::new("all distances, into an array", size, move |at| {
        let n = at.size;
        let cloud = Arc::new(points(n, MEASUREMENTS, 5));
        let (for_serial, numbered) = (Arc::clone(&cloud), numbered(&cloud));
        let filled = move |fill: &dyn Fn(ArrayViewMut2<f64>)| {
            let mut out = Array2::zeros((n, n));
            fill(out.view_mut());
            out
        };
        Job::new(
            (n * n) as u64,
            move || {
                let from = black_box(for_serial.view());
                filled(&|out| distances_loop(euclidean, from, for_serial.view(), out))
            },
            move || filled(&|out| distances(black_box(cloud.view()), cloud.view(), out)),
            |serial, subject| serial == subject,
            |distances| distances.sum(),
        )
        .traced("pairs", move |trail| {
            let distance = |p: ArrayView1<f64>, q: ArrayView1<f64>| {
                trail.step(number_of_pair(n, p, q));
                // What is known to lie in order is read as fast here as where the compiler has found that out.
                match (p.as_slice(), q.as_slice()) {
                    (Some(p), Some(q)) => euclidean(p.into(), q.into()),
                    _ => euclidean(p, q),
                }
            };
            black_box(filled(&|out| traced(&distance, numbered.view(), out)));
        })
        .with_tasks(move || (0..n).map(|row| row * n).collect())
    });
    workload.against("two nested loops")
}

/// The same points with their own number as first measurement, so that a kernel can tell which pair it has.
fn numbered(points: &Array2<f64>) -> Array2<f64> {
    let mut points = points.clone();
    let own = points.column_mut(0).into_iter().zip(0..);
    own.for_each(|(place, number)| *place = f64::from(number));
    points
}

/// The number of the pair of these two among the pairs of `n` numbered points, row by row.
fn number_of_pair(n: usize, p: ArrayView1<f64>, q: ArrayView1<f64>) -> usize {
    p[0] as usize * n + q[0] as usize
}

fn numbers_of_samples() -> Count {
    Count::of("samples", SAMPLES).swept(CACHED_TO_UNCACHED)
}

fn from_a_to_b(n: usize) -> Samples {
    let (a, b) = INTERVAL;
    Samples { a, b, n }
}

/// A sum of `n` numbers is within `n · ε / 2` of the sum of their absolute values, which for `x² − x` from 0 to 2 is 1.5
/// times the area: two such sums differ by less than twice `n · ε`.
fn agree(serial: f64, subject: f64, n: usize) -> bool {
    (serial - subject).abs() <= 2.0 * n as f64 * f64::EPSILON * serial.abs()
}

/// The workloads with the functions of the crate `$subject` under test.
///
/// Integrand and distance are named here, at the call, so that the compiler can inline them.
#[macro_export]
macro_rules! workloads {
    ($subject:ident) => {{
        use $crate::workloads::{arrays, distances, fused, parallel, survey};
        use $crate::{euclidean, f};
        let arrays = arrays();
        vec![
            fused(
                &arrays,
                |xs, dx| $subject::integrate_expression(xs, dx),
                |xs, dx| $subject::integrate_fused(f, xs, dx),
                |trail, at, xs| $subject::integrate_fused(at.followed_on(trail, f), xs, at.step()),
            ),
            parallel(
                &arrays,
                |xs, dx| $subject::integrate_parallel(f, xs, dx),
                |trail, at, xs| {
                    $subject::integrate_parallel(at.followed_on(trail, f), xs, at.step())
                },
            ),
            survey(
                |at| $subject::survey(f, at.a, at.b, at.n),
                |trail, at| $subject::survey(at.followed_on(trail, f), at.a, at.b, at.n),
            ),
            distances(
                |from, to, out| $subject::distances(euclidean, from, to, out),
                |distance, points, out| $subject::distances(distance, points, points, out),
            ),
        ]
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pair_has_its_number() {
        let points = numbered(&points(5, 3, 1));
        let number = |(i, j)| number_of_pair(5, points.row(i), points.row(j));
        assert_eq!([(0, 0), (0, 4), (1, 0), (4, 4)].map(number), [0, 4, 5, 24]);
    }
}
