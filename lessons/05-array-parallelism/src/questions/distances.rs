//! What is asked of `distances`.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use ndarray::{Array2, ArrayView1};
use testkit::{Mismatch, Probe, Question, busy_calls, busy_work, panics, pool_of_two};

use super::points::{Layout, Points};
use super::{ROOM, Subject, allocated};

pub(super) fn questions(Subject { distances, .. }: Subject) -> Vec<Question> {
    vec![
        Question::new(
            "each pair's distance goes to its place in out, called once, whatever the layout of out and of the points",
            Points::drawn,
            move |at| {
                let calls = AtomicUsize::new(0);
                let counted = |p: ArrayView1<f64>, q: ArrayView1<f64>| {
                    calls.fetch_add(1, Ordering::Relaxed);
                    at.between(p, q)
                };
                let out = at.filled(|from, to, out| {
                    pool_of_two().install(|| distances(&counted, from, to, out));
                });
                (out, calls.into_inner())
            },
            |at, (out, calls)| {
                at.are_distances(out)?;
                let (p, q) = at.pairs();
                let seen = format!("{}: {calls} calls of distance", at.words());
                Mismatch::unless(*calls == p * q, seen, p * q)
            },
        ),
        Question::new(
            "an out of another shape is a panic",
            |random| {
                let (p, q) = (random.usize(2..8), random.usize(2..8));
                let (rows, columns) =
                    [(p + 1, q), (p - 1, q), (p, q + 1), (p, q - 1)][random.usize(..4)];
                (Points::of(p, q, random), rows, columns)
            },
            move |(at, rows, columns)| {
                let mut out = Array2::zeros((*rows, *columns));
                let distance = |p: ArrayView1<f64>, q: ArrayView1<f64>| at.between(p, q);
                let (from, to) = (at.from.view(), at.to.view());
                let pool = pool_of_two();
                panics(|| pool.install(|| distances(&distance, from, to, out.view_mut())))
            },
            |(at, rows, columns), panicked| {
                let seen = format!("{}, out of {rows} × {columns}: no panic", at.words());
                Mismatch::unless(*panicked, seen, "a panic")
            },
        ),
        Question::new(
            "a row of out is done by one thread from end to end",
            |random| Points::of(random.usize(1..4), 8, random),
            move |at| {
                let probe = Probe::new();
                let watched = |p: ArrayView1<f64>, q: ArrayView1<f64>| {
                    probe.call(at.number(p), || busy_work(at.between(p, q)))
                };
                at.filled(|from, to, out| {
                    pool_of_two().install(|| distances(&watched, from, to, out));
                });
                let log = probe.log();
                let calls = log.numbered().into_iter();
                let mut threads: Vec<_> = calls.map(|(&row, thread)| (row, thread)).collect();
                threads.sort_unstable();
                threads.dedup();
                threads
            },
            |at, threads| {
                let rows: HashSet<_> = threads.iter().map(|(row, _)| row).collect();
                Mismatch::unless(
                    rows.len() == threads.len() && rows.len() == at.from.nrows(),
                    format!("{}, a pool of two: (row, thread) {threads:?}", at.words()),
                    "each row once",
                )
            },
        ),
        Question::of_bytes(
            "nothing is allocated that grows with the number of pairs",
            |random| {
                let (p, q) = (10 + random.usize(..10), 1_500 + random.usize(..500));
                Points::of(p, q, random)
            },
            move |at| {
                let (pool, mut out) = (pool_of_two(), Array2::zeros(at.pairs()));
                let (from, to, out) = (at.from.view(), at.to.view(), out.view_mut());
                let distance = |p: ArrayView1<f64>, q: ArrayView1<f64>| p[0] - q[0];
                allocated(|| pool.install(|| distances(&distance, from, to, out)))
            },
            |at| (at.words(), ROOM),
        ),
        Question::of_threads(
            "the distances use no more threads than the caller's pool",
            |random| Points::of(16, 4, random),
            move |at, probe| {
                let watched =
                    |p: ArrayView1<f64>, q: ArrayView1<f64>| probe.call((), || p[0] - q[0]);
                at.filled(|from, to, out| distances(&watched, from, to, out));
            },
        ),
        Question::in_company(
            "rows of an out that lies in columns are worked on at the same time",
            |random| Points::of(busy_calls(random) / 8, 8, random).into(Layout::InColumns),
            |at| at.pairs().0 * at.pairs().1,
            move |at, company| {
                let slow = |p: ArrayView1<f64>, q: ArrayView1<f64>| {
                    company.call(|| busy_work(at.between(p, q)))
                };
                at.filled(|from, to, out| {
                    pool_of_two().install(|| distances(&slow, from, to, out));
                })
            },
            |at, out: &Vec<u64>| at.are_distances(out),
        ),
    ]
}
