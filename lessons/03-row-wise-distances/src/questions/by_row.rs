//! What is asked of `distances_by_row`.

use std::sync::Mutex;

use ndarray::{ArrayView2, ArrayViewMut1};
use testkit::{AllocationMeter, Mismatch, Question, busy_calls, pool_of_two};

use super::cloud::Cloud;
use super::table::{Table, half_milliseconds, holds, is_distance, places, told};
use super::{ByRow, Row};

pub(super) fn questions(by_row: ByRow, row: Row) -> Vec<Question> {
    vec![
        Question::new(
            "by row, fill is called once for each row of the result, in place, with the points in standard layout",
            Cloud::small,
            move |cloud| cloud.in_layouts(|points| filled(by_row, cloud, points)),
            |cloud, tables| {
                cloud.judge_layouts(tables, |case, table| is_filled(case, cloud, table))
            },
        ),
        Question::new(
            "by row, all distances are those of two nested loops",
            |random| {
                let (n, d) = (random.usize(..16), random.usize(..24));
                Cloud::of(n, d, random)
            },
            move |cloud| {
                cloud.in_layouts(|points| told(&pool_of_two().install(|| by_row(points, &row))))
            },
            |cloud, tables| {
                let n = cloud.points.nrows();
                cloud.judge_layouts(tables, |case, table| {
                    places(case, n, table)?.try_for_each(|(i, j, seen)| {
                        let [p, q] = [i, j].map(|point| cloud.points.row(point));
                        is_distance(|| format!("{case}: row {i}, column {j} is"), seen, p, q)
                    })
                })
            },
        ),
        Question::of_threads(
            "by row, no more threads work than the caller's pool has",
            |random| Cloud::of(64, 2, random),
            move |cloud, probe| {
                by_row(cloud.points.view(), &|_, _, _| probe.call((), || ()));
            },
        ),
        Question::of_bytes(
            "by row, nothing is allocated but the result, and one copy of points that do not lie in order",
            |random| {
                let points = 90 + random.usize(..30);
                (Cloud::of(points, points, random), random.bool())
            },
            move |(cloud, turned)| {
                let points = cloud.points.view();
                let points = if *turned {
                    points.reversed_axes()
                } else {
                    points
                };
                let (pool, meter) = (pool_of_two(), AllocationMeter::new());
                let call = || by_row(points, &|_, _, _| ());
                meter.measure(|| pool.install(call)).1
            },
            |(cloud, turned)| {
                let numbers = 8 * cloud.points.len();
                let (layout, arrays) = match turned {
                    true => ("transposed", 2),
                    false => ("standard layout", 1),
                };
                let case = format!("{}, {layout}", cloud.words());
                (case, arrays * numbers + ROOM)
            },
        ),
        Question::in_company(
            "rows are worked on at the same time",
            |random| Cloud::of(busy_calls(random) / IN_A_ROW, 3, random),
            |cloud| cloud.points.nrows(),
            move |cloud, company| {
                let slow = |_: ArrayView2<f64>, i: usize, row: ArrayViewMut1<f64>| {
                    company.call(|| half_milliseconds(IN_A_ROW));
                    fill(cloud, i, row);
                };
                told(&pool_of_two().install(|| by_row(cloud.points.view(), &slow)))
            },
            |cloud, table| {
                holds(&cloud.words(), cloud.points.nrows(), table, |i, j| {
                    cloud.filling(i, j)
                })
            },
        ),
    ]
}

/// Of the heavy table: half milliseconds of work.
const IN_A_ROW: usize = 8;

/// Bytes for threads, their queues and their tasks, none of which grows with the points.
const ROOM: usize = 65_536;

fn fill(cloud: &Cloud, i: usize, row: ArrayViewMut1<f64>) {
    let places = row.into_iter().enumerate();
    places.for_each(|(j, place)| *place = cloud.filling(i, j));
}

/// The table; which rows were filled; and whether all was in place, in standard layout, and the points both as they were
/// given and in standard layout.
type Filled = (Table, Vec<usize>, [bool; 3]);

fn filled(by_row: ByRow, cloud: &Cloud, points: ArrayView2<f64>) -> Filled {
    let calls = Mutex::new(Vec::new());
    let watched = |points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>| {
        let as_given = points.is_standard_layout() && points == cloud.points;
        let call = (i, row.as_mut_ptr() as usize, as_given);
        calls
            .lock()
            .expect("nothing panics while it holds it")
            .push(call);
        fill(cloud, i, row);
    };
    let table = pool_of_two().install(|| by_row(points, &watched));
    let mut calls = calls.into_inner().expect("as above");
    calls.sort_unstable();
    let lies_at = |i: usize| table.row(i).as_ptr() as usize;
    let in_place = |&(i, at, _): &(usize, usize, bool)| i < table.nrows() && lies_at(i) == at;
    let facts = [
        calls.iter().all(in_place),
        table.is_standard_layout(),
        calls.iter().all(|(_, _, as_given)| *as_given),
    ];
    let numbers = calls.iter().map(|(i, _, _)| *i).collect();
    (told(&table), numbers, facts)
}

fn is_filled(case: &str, cloud: &Cloud, (table, rows, facts): &Filled) -> Result<(), Mismatch> {
    let n = cloud.points.nrows();
    Mismatch::unless(
        rows.iter().copied().eq(0..n),
        format!("{case}: fill is called for the rows {rows:?}"),
        format!("once for each of 0..{n}"),
    )?;
    holds(case, n, table, |i, j| cloud.filling(i, j))?;
    let names = [
        "each row is filled where it lies in the result",
        "the result is in standard layout",
        "fill gets the points as they are, in standard layout",
    ];
    let mut facts = names.into_iter().zip(facts);
    facts.try_for_each(|(name, holds)| {
        Mismatch::unless(
            *holds,
            format!("{case}: it does not hold that {name}"),
            name,
        )
    })
}
