//! What is asked of `row_of_distances`.

use fastrand::Rng;
use ndarray::{Array1, Array2};
use testkit::{AllocationMeter, Mismatch, Question, global_pool_was_untouched, panics};

use super::Row;
use super::cloud::{Cloud, few};
use super::table::{bits, is_distance};
use crate::mistakes::UNWRITTEN;

pub(super) fn questions(row: Row) -> Vec<Question> {
    vec![
        Question::new(
            "a row holds the root of the sum of squares for every point, whatever the layout of the points",
            drawn,
            move |(cloud, i)| {
                cloud.in_layouts(|points| {
                    let mut places = Array1::from_elem(points.nrows(), UNWRITTEN);
                    row(points, *i, places.view_mut());
                    bits(&places)
                })
            },
            |(cloud, i), rows| cloud.judge_layouts(rows, |case, row| holds(case, cloud, *i, row)),
        ),
        Question::new(
            "a row may lie in the memory in any way",
            drawn,
            move |(cloud, i)| {
                let n = cloud.points.nrows();
                let mut table = Array2::from_elem((n, n), UNWRITTEN);
                row(cloud.points.view(), *i, table.column_mut(*i));
                bits(table.column(*i))
            },
            |(cloud, i), row| holds(&cloud.words(), cloud, *i, row),
        ),
        Question::new(
            "the row of a point that is not there is a panic",
            |random| {
                let (n, d) = (random.usize(1..8), random.usize(1..6));
                (Cloud::of(n, d, random), n + random.usize(..3))
            },
            move |(cloud, i)| {
                let mut places = Array1::zeros(cloud.points.nrows());
                panics(|| row(cloud.points.view(), *i, places.view_mut()))
            },
            |(cloud, i), panicked| {
                let seen = format!("{}, row {i}: no panic", cloud.words());
                Mismatch::unless(*panicked, seen, "a panic")
            },
        ),
        Question::of_allocations(
            "a row allocates nothing",
            |random| Cloud::of(60, 16, random),
            move |cloud| {
                let mut places = Array1::zeros(60);
                let rows = || (0..60).for_each(|i| row(cloud.points.view(), i, places.view_mut()));
                AllocationMeter::new().measure(rows).1
            },
            |cloud| (format!("{}, 60 rows", cloud.words()), 60 / 2),
        ),
        Question::new(
            "a row is done on the caller's thread",
            |random| Cloud::of(1 + random.usize(..40), 4, random),
            move |cloud| {
                let mut places = Array1::zeros(cloud.points.nrows());
                row(cloud.points.view(), 0, places.view_mut());
                global_pool_was_untouched()
            },
            |cloud, untouched| {
                let seen = format!(
                    "{}, row 0: it is handed to rayon's global pool",
                    cloud.words()
                );
                Mismatch::unless(*untouched, seen, "no task for another thread")
            },
        ),
    ]
}

/// Points and the number of one: ordinary points, points close to each other, and points with a measurement that is NaN,
/// infinite or so large that its square is.
fn drawn(random: &mut Rng) -> (Cloud, usize) {
    // Few measurements are all a rest, where sums are made of lanes.
    let d = few(random) * random.usize(1..6);
    let n = random.usize(1..12);
    let mut cloud = Cloud::of(n, d, random);
    match random.u8(..4) {
        0 => {
            let first = cloud.points.row(0).to_owned();
            for mut point in cloud.points.rows_mut() {
                point.zip_mut_with(&first, |x, &near| *x = near + 1e-9 * random.f64());
            }
        }
        1 if d > 0 => {
            for _ in 0..random.usize(1..4) {
                let place = [random.usize(..n), random.usize(..d)];
                let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e200];
                cloud.points[place] = odd[random.usize(..odd.len())];
            }
        }
        _ => {}
    }
    (cloud, random.usize(..n))
}

fn holds(case: &str, cloud: &Cloud, i: usize, row: &[u64]) -> Result<(), Mismatch> {
    let n = cloud.points.nrows();
    let seen = format!("{case}: {} numbers", row.len());
    Mismatch::unless(row.len() == n, seen, n)?;
    let here = cloud.points.row(i);
    let mut there = cloud.points.rows().into_iter().zip(row).enumerate();
    there.try_for_each(|(j, (there, &bits))| {
        let case = || format!("{case}: from point {i}, {here}, to point {j}, {there},");
        is_distance(case, f64::from_bits(bits), here, there)
    })
}
