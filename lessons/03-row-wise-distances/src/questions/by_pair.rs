//! What is asked of `distances_by_pair`.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fastrand::Rng;
use ndarray::ArrayView1;
use testkit::{AllocationMeter, Interleaver, Mismatch, PairingGate, Question, pool_of_two};

use super::ByPair;
use super::cloud::Cloud;
use super::table::{HALF_MILLISECONDS, Table, half_milliseconds, holds, told};

pub(super) fn questions(by_pair: ByPair) -> Vec<Question> {
    vec![
        Question::new(
            "the table by pair holds what distance gives, called once for each pair, whatever the layout of the points",
            Cloud::small,
            move |cloud| {
                cloud.in_layouts(|points| {
                    let calls = AtomicUsize::new(0);
                    let counted = |p: ArrayView1<f64>, q: ArrayView1<f64>| {
                        calls.fetch_add(1, Ordering::Relaxed);
                        cloud.between(p, q)
                    };
                    let table = pool_of_two().install(|| by_pair(points, &counted));
                    (told(&table), calls.into_inner())
                })
            },
            |cloud, tables| {
                let n = cloud.points.nrows();
                cloud.judge_layouts(tables, |case, (table, calls)| {
                    holds(case, n, table, |i, j| cloud.between_numbers(i, j))?;
                    let seen = format!("{case}: {calls} calls of distance");
                    Mismatch::unless(*calls == n * n, seen, n * n)
                })
            },
        ),
        Question::new(
            "by pair, each distance stands in its place when two threads work in step",
            |random| Cloud::of(8, 2, random),
            move |cloud| {
                let interleaver = Interleaver::new(STEP_LIMIT);
                let stepping = |p: ArrayView1<f64>, q: ArrayView1<f64>| {
                    interleaver.step();
                    cloud.between(p, q)
                };
                told(&pool_of_two().install(|| by_pair(cloud.points.view(), &stepping)))
            },
            |cloud, table| holds(&cloud.words(), 8, table, |i, j| cloud.between_numbers(i, j)),
        )
        .in_cases(5),
        Question::of_threads(
            "by pair, no more threads work than the caller's pool has",
            |random| Cloud::of(8, 2, random),
            move |cloud, probe| {
                by_pair(cloud.points.view(), &|p, q| {
                    probe.call((), || cloud.between(p, q))
                });
            },
        ),
        Question::of_allocations(
            "by pair, nothing is allocated for a single pair",
            |random| Cloud::of(64, 8, random),
            move |cloud| {
                let (pool, meter) = (pool_of_two(), AllocationMeter::new());
                let call = || by_pair(cloud.points.view(), &|p, q| p[0] - q[0]);
                meter.measure(|| pool.install(call)).1
            },
            |cloud| (cloud.words(), 64 * 64 / 2),
        ),
        overlapping(
            "the pairs of a row are worked on at the same time",
            by_pair,
            |pair, which| pair[0] == which,
        ),
        overlapping(
            "the pairs of a column are worked on at the same time",
            by_pair,
            |pair, which| pair[1] == which,
        ),
    ]
}

/// A second thread that has not come by then is not waited for: serial code loses no order.
const STEP_LIMIT: Duration = Duration::from_millis(100);

/// Of two points there are two pairs a row and two a column: those of one are heavy, and the others light.
fn overlapping(
    claim: &'static str,
    by_pair: ByPair,
    heavy: fn([usize; 2], usize) -> bool,
) -> Question {
    let answer = move |(cloud, which): &(Cloud, usize), company: &PairingGate| {
        let number = |p: ArrayView1<f64>| usize::from(p == cloud.points.row(1));
        let worked_on = |p: ArrayView1<f64>, q: ArrayView1<f64>| {
            if heavy([number(p), number(q)], *which) {
                company.call(|| half_milliseconds(HALF_MILLISECONDS / 2));
            }
            cloud.between(p, q)
        };
        told(&pool_of_two().install(|| by_pair(cloud.points.view(), &worked_on)))
    };
    let judge = |(cloud, _): &(Cloud, usize), table: &Table| {
        holds(&cloud.words(), 2, table, |i, j| cloud.between_numbers(i, j))
    };
    let draw = |random: &mut Rng| (Cloud::of(2, 3, random), random.usize(..2));
    Question::in_company(claim, draw, |_| 2, answer, judge)
}
