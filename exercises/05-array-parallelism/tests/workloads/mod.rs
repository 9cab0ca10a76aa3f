//! What every tool that measures this lesson runs: each function beside the step before it or its serial baseline, in the
//! order of the chapter.

use std::hint::black_box;
use std::sync::Arc;

use array_parallelism::{
    distances, integrate_expression, integrate_fused, integrate_parallel, survey,
};
use lesson::{distances_loop, euclidean, f, integrate_loop, points, samples, survey_loop};
use ndarray::{Array1, Array2, ArrayView1, ArrayViewMut2};
use testkit::{BenchCase, Parameter, Samples, Tracer, Workload, share};

/// Where samples are taken.
const INTERVAL: (f64, f64) = (0.0, 2.0);

const SAMPLES: usize = 2_000_000;

/// As arrays they take 16 kB to 160 MB: from what fits into a core's own cache to what fits into none.
const CACHED_TO_UNCACHED: [usize; 5] = [2_000, 20_000, 200_000, 2_000_000, 20_000_000];

const POINTS: usize = 400;

/// From a table that is done before a second thread is awake to one of 8 MB.
const FEW_TO_MANY: [usize; 5] = [10, 50, 100, 400, 1_000];

const MEASUREMENTS: usize = 100;

pub fn all() -> Vec<Workload> {
    let (a, b) = INTERVAL;
    let arrays: Arrays = Arc::new(share(move |n| samples(a, b, n)));
    vec![
        on_an_array(
            "integral of an array, fused",
            &arrays,
            integrate_expression,
            |xs, dx| integrate_fused(f, xs, dx),
            |tracer, at, xs| integrate_fused(at.trace_on(tracer, f), xs, at.step()),
        )
        .against("the array expression")
        .on_one_thread(),
        on_an_array(
            "integral of an array, in parallel",
            &arrays,
            |xs, dx| integrate_loop(f, xs, dx),
            |xs, dx| integrate_parallel(f, xs, dx),
            |tracer, at, xs| integrate_parallel(at.trace_on(tracer, f), xs, at.step()),
        ),
        survey_of_samples(),
        all_distances(),
    ]
}

/// This number of samples as an array: the same one for all who have it at the same time, since it may be large.
type Arrays = Arc<dyn Fn(usize) -> Arc<Array1<f64>> + Send + Sync>;

fn on_an_array(
    what: &str,
    arrays: &Arrays,
    serial: impl Fn(ArrayView1<f64>, f64) -> f64 + Copy + Send + Sync + 'static,
    subject: impl Fn(ArrayView1<f64>, f64) -> f64 + Copy + Send + Sync + 'static,
    traced: impl Fn(&Tracer, Samples, ArrayView1<f64>) -> f64 + Copy + Send + Sync + 'static,
) -> Workload {
    let arrays = Arc::clone(arrays);
    Workload::new(what, numbers_of_samples(), move |at| {
        let samples = from_a_to_b(at.size);
        let dx = samples.step();
        let xs = arrays(at.size);
        let [for_serial, for_trace] = [(); 2].map(|()| Arc::clone(&xs));
        BenchCase::new(
            at.size as u64,
            move || serial(black_box(for_serial.view()), dx),
            move || subject(black_box(xs.view()), dx),
            move |serial, subject| agree(*serial, *subject, at.size),
            |area| *area,
        )
        .with_trace("samples", move |tracer| {
            black_box(traced(tracer, samples, for_trace.view()));
        })
    })
}

/// `survey` beside the loop. Its digest is the sum of the three numbers.
fn survey_of_samples() -> Workload {
    Workload::new("survey of x² − x", numbers_of_samples(), |at| {
        let samples = from_a_to_b(at.size);
        BenchCase::new(
            at.size as u64,
            move || {
                let Samples { a, b, n } = black_box(samples);
                survey_loop(f, a, b, n)
            },
            move || {
                let Samples { a, b, n } = black_box(samples);
                survey(f, a, b, n)
            },
            move |serial, subject| {
                agree(serial.area, subject.area, at.size)
                    && (serial.lowest, serial.highest) == (subject.lowest, subject.highest)
            },
            |seen| seen.area + seen.lowest + seen.highest,
        )
        .with_trace("samples", move |tracer| {
            let Samples { a, b, n } = samples;
            black_box(survey(samples.trace_on(tracer, f), a, b, n));
        })
    })
}

/// A kernel behind a reference. As a type of its own it would make a second instance of the exercise's code, beside which the
/// compiler inlines less of the first, and that one is timed.
type Distance<'a> = &'a (dyn Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync);

/// `distances` of points to each other, beside the loops. The pair (i, j) is traced as item i · n + j; a row of pairs is a
/// task.
fn all_distances() -> Workload {
    let size = Parameter::new("points", POINTS).sweep_over(FEW_TO_MANY);
    let workload = Workload::new("all distances, into an array", size, |at| {
        let n = at.size;
        let cloud = Arc::new(points(n, MEASUREMENTS, 5));
        let (for_serial, numbered) = (Arc::clone(&cloud), number_points(&cloud));
        let filled = move |fill: &dyn Fn(ArrayViewMut2<f64>)| {
            let mut out = Array2::zeros((n, n));
            fill(out.view_mut());
            out
        };
        BenchCase::new(
            (n * n) as u64,
            move || {
                let from = black_box(for_serial.view());
                filled(&|out| distances_loop(euclidean, from, for_serial.view(), out))
            },
            move || filled(&|out| distances(euclidean, black_box(cloud.view()), cloud.view(), out)),
            |serial, subject| serial == subject,
            |distances| distances.sum(),
        )
        .with_trace("pairs", move |tracer| {
            let distance: Distance = &|p, q| {
                tracer.step(number_of_pair(n, p, q));
                // What is known to lie in order is read as fast here as where the compiler has found that out.
                match (p.as_slice(), q.as_slice()) {
                    (Some(p), Some(q)) => euclidean(p.into(), q.into()),
                    _ => euclidean(p, q),
                }
            };
            let points = numbered.view();
            black_box(filled(&|out| distances(distance, points, points, out)));
        })
        .with_tasks(move || (0..n).map(|row| row * n).collect())
    });
    workload.against("two nested loops")
}

/// The same points with their own number as first measurement, so that a kernel can tell which pair it has.
fn number_points(points: &Array2<f64>) -> Array2<f64> {
    let mut points = points.clone();
    let own = points.column_mut(0).into_iter().zip(0..);
    own.for_each(|(place, number)| *place = f64::from(number));
    points
}

/// The number of the pair of these two among the pairs of `n` [`numbered`] points, row by row.
fn number_of_pair(n: usize, p: ArrayView1<f64>, q: ArrayView1<f64>) -> usize {
    p[0] as usize * n + q[0] as usize
}

fn numbers_of_samples() -> Parameter {
    Parameter::new("samples", SAMPLES).sweep_over(CACHED_TO_UNCACHED)
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
