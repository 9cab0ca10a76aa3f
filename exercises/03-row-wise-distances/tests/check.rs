//! What lesson 03 asks for, in the order in which its reader meets it.

mod workloads;

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use approx::relative_eq;
use lesson::layouts::in_every_layout;
use lesson::mistakes::{self, UNWRITTEN};
use lesson::{distance, random_points};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1, array};
use row_wise_distances::{distances_by_pair, distances_by_row, row_of_distances};
use testkit::{
    AllocationMeter, CallLog, KnownPool, Probe, Rendezvous, coverage, expect, pool_of_two,
};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

mod correct {
    use super::*;

    #[test]
    fn by_pair_puts_each_distance_at_its_pair() {
        let points = numbered(4, 2);
        let table = distances_by_pair(points.view(), both_numbers);
        expect_both_numbers(
            "4 points × 2 measurements, distance(p, q) = 10 · number of p + number of q",
            table.view(),
            4,
        );
    }

    #[test]
    fn by_pair_calls_distance_once_for_each_pair() {
        let n = 12;
        let seen = Mutex::new(Vec::new());
        distances_by_pair(numbered(n, 3).view(), |p, q| {
            let pair = p[0] as usize * n + q[0] as usize;
            seen.lock().unwrap().push(pair);
            0.0
        });
        let fault = coverage(n * n, seen.into_inner().unwrap()).err();
        let fault = fault.map(|fault| fault.to_string().replace("sample", "pair"));
        expect_none(
            "12 points, pair (i, j) as number 12 · i + j",
            fault,
            "distance called once for each pair",
        );
    }

    #[test]
    fn by_pair_takes_transposed_strided_and_reversed_views() {
        in_every_layout(&numbered(4, 2), |layout, points| {
            let table = distances_by_pair(points, both_numbers);
            expect_both_numbers(&format!("4 points × 2, {layout}"), table.view(), 4);
        });
    }

    #[test]
    fn by_pair_hides_no_nan() {
        let odd_pair = |p: ArrayView1<f64>, q: ArrayView1<f64>| match (p[0], q[0]) {
            (1.0, 2.0) => f64::NAN,
            (2.0, 0.0) => f64::INFINITY,
            _ => 0.0,
        };
        let table = distances_by_pair(numbered(3, 1).view(), odd_pair);
        expect(
            table[[1, 2]].is_nan() && table[[2, 0]] == f64::INFINITY,
            format!("distance gives NaN for (1, 2), inf for (2, 0):\n{table}"),
            "what distance gives, unchanged",
        );
    }

    #[test]
    fn by_pair_takes_no_points_one_point_and_no_measurements() {
        for (n, d) in [(0, 3), (1, 3), (3, 0), (0, 0)] {
            let table = distances_by_pair(Array2::zeros((n, d)).view(), |p, _| p.len() as f64);
            expect_shape(&format!("{n} points × {d}"), table.view(), n);
            expect(
                table.iter().all(|&x| x == d as f64),
                format!("{n} points × {d}, distance = number of measurements:\n{table}"),
                format!("{d} everywhere"),
            );
        }
    }

    #[test]
    fn by_pair_allocates_nothing_for_a_single_pair() {
        let (n, points, pool) = (64, random_points(64, 8), pool_of_two());
        let by_pair = || pool.install(|| distances_by_pair(points.view(), distance));
        let (_, allocated) = METER.measure(by_pair);
        expect_few_allocations("64 points", allocated.count, n * n / 2, n * n);
    }

    #[test]
    fn a_row_is_the_root_of_the_sum_of_squares() {
        let points = array![[0.0, 0.0], [3.0, 4.0], [0.0, 2.0], [-5.0, -12.0]];
        expect_rows("points (0, 0), (3, 4), (0, 2), (-5, -12)", points.view());
    }

    #[test]
    fn a_row_counts_every_measurement() {
        for d in (1..=17).chain([31, 100]) {
            expect_rows(&format!("3 points × {d}"), random_points(3, d).view());
        }
    }

    /// By the product form, |p|² + |q|² − 2·p·q, what is left of two sums of about 30 is rounding.
    #[test]
    fn a_row_tells_near_duplicates_apart() {
        let mut points = random_points(4, 100);
        for i in 1..4 {
            let near = points.row(0).map(|x| x + i as f64 * 1e-9);
            points.row_mut(i).assign(&near);
        }
        expect_rows("4 points × 100, 1e-9 apart", points.view());
    }

    #[test]
    fn a_point_is_at_no_distance_from_itself() {
        let points = random_points(20, 7).map(|x| x * 1e3);
        for i in 0..20 {
            let own = row(points.view(), i)[i];
            expect(
                own == 0.0,
                format!("20 points × 7: from point {i} to itself {own}"),
                "0: all differences are 0",
            );
        }
    }

    #[test]
    fn rows_are_symmetric_to_rounding() {
        let points = random_points(20, 9);
        let rows: Vec<Array1<f64>> = (0..20).map(|i| row(points.view(), i)).collect();
        for (i, j) in (0..20).flat_map(|i| (0..i).map(move |j| (i, j))) {
            let (there, back) = (rows[i][j], rows[j][i]);
            expect(
                relative_eq!(there, back, epsilon = 0.0, max_relative = rounding(9)),
                format!("20 points × 9: from {i} to {j} {there}, back {back}"),
                "the same, to rounding",
            );
        }
    }

    #[test]
    fn a_row_hides_no_nan_and_no_infinity() {
        let mut points = random_points(5, 6);
        (points[[1, 0]], points[[3, 5]]) = (f64::NAN, f64::INFINITY);
        expect_rows(
            "5 points × 6, a NaN in point 1, an infinity in point 3",
            points.view(),
        );
    }

    #[test]
    fn a_row_takes_transposed_strided_and_reversed_views() {
        for d in [5, 8, 2, 1] {
            in_every_layout(&random_points(4, d), |layout, points| {
                expect_rows(&format!("4 points × {d}, {layout}"), points);
            });
        }
        let points = random_points(4, 5);
        let mut table = Array2::from_elem((4, 4), UNWRITTEN);
        row_of_distances(points.view(), 1, table.column_mut(2));
        expect_row(
            "4 points × 5, `row` strided",
            points.view(),
            1,
            table.column(2),
        );
    }

    #[test]
    fn a_row_takes_one_point_and_no_measurements() {
        expect_rows("1 point × 3", random_points(1, 3).view());
        expect_rows("3 points × 0", random_points(3, 0).view());
    }

    #[test]
    fn a_row_allocates_nothing_and_hands_nothing_over() {
        let (n, points) = (200, random_points(200, 16));
        let mut row = Array1::zeros(n);
        let all_rows = || (0..n).for_each(|i| row_of_distances(points.view(), i, row.view_mut()));
        let (_, allocated) = METER.measure(all_rows);
        expect_few_allocations("200 rows of 200", allocated.count, 8, n * n);
    }

    #[test]
    fn by_row_fills_each_row_once() {
        for n in [1, 2, 7, 64] {
            let seen = Mutex::new(Vec::new());
            distances_by_row(numbered(n, 3).view(), |_, i, _| {
                seen.lock().unwrap().push(i)
            });
            let fault = coverage(n, seen.into_inner().unwrap()).err();
            let fault = fault.map(|fault| {
                let words = fault.to_string().replace("sample", "row");
                words.replace("evaluated", "filled")
            });
            expect_none(
                &format!("{n} points"),
                fault,
                "`fill` called once for each row",
            );
        }
    }

    #[test]
    fn by_row_gives_each_row_to_fill_with_its_number() {
        let table = distances_by_row(numbered(4, 2).view(), |points, i, row| {
            for (place, j) in row.into_iter().zip(0..points.nrows()) {
                *place = (10 * i + j) as f64;
            }
        });
        expect_both_numbers(
            "4 points × 2, fill(points, i, row) writes 10 · i + j to place j",
            table.view(),
            4,
        );
    }

    #[test]
    fn by_row_writes_in_place() {
        let n = 16;
        let address = |row: ArrayView1<f64>| row.as_ptr() as usize;
        let given = Mutex::new(vec![0; n]);
        let table = distances_by_row(numbered(n, 2).view(), |_, i, row| {
            given.lock().unwrap()[i] = address(row.view());
        });
        let given = given.into_inner().unwrap();
        let elsewhere = (0..n).find(|&i| given[i] != address(table.row(i)));
        expect(
            elsewhere.is_none(),
            format!(
                "{n} points: row {} of the result lies elsewhere than the row that was filled",
                elsewhere.unwrap_or_default()
            ),
            "`fill` writes to the result itself: no rows that are gathered and copied",
        );
        expect(
            table.is_standard_layout(),
            format!(
                "{n} points: the strides of the result are {:?}",
                table.strides()
            ),
            format!("[{n}, 1]: standard layout, one row after the other"),
        );
    }

    #[test]
    fn by_row_gives_fill_the_points_in_order() {
        let expected = numbered(4, 2);
        in_every_layout(&expected, |layout, points| {
            let seen = Mutex::new(Vec::new());
            distances_by_row(points, |points, _, _| {
                let in_order = points.is_standard_layout();
                seen.lock().unwrap().push((in_order, points.to_owned()));
            });
            for (in_order, seen) in seen.into_inner().unwrap() {
                let asked = format!("4 points × 2, {layout}");
                expect(
                    seen == expected,
                    format!("{asked}: `fill` gets the points\n{seen}"),
                    format!("the given points\n{expected}"),
                );
                expect(
                    in_order,
                    format!("{asked}: `fill` gets them in the same layout"),
                    "in standard layout: copied once, so that rows lie in order",
                );
            }
        });
    }

    #[test]
    fn by_row_allocates_the_result_and_at_most_one_copy_of_the_points() {
        let (n, d) = (300, 100);
        let copy = 8 * n * d;
        let points = random_points(n, d);
        let (in_order, transposed) = (points.view(), random_points(d, n));
        for (layout, points, copies) in [
            ("standard layout", in_order, 0),
            ("transposed", transposed.t(), 1),
        ] {
            let call = || distances_by_row(points, |_, _, _| ());
            call(); // The first parallel call starts the pool.
            let (_, allocated) = METER.measure(call);
            let allowed = 8 * n * n + copies * copy + ROOM;
            expect(
                allocated.bytes <= allowed,
                format!(
                    "{n} points × {d}, {layout}: {} bytes allocated",
                    allocated.bytes
                ),
                format!(
                    "at most {allowed}: the result{}, and {ROOM} for threads",
                    ["", ", one copy of the points"][copies]
                ),
            );
        }
    }

    #[test]
    fn by_row_all_distances_agree_with_the_reference() {
        for (n, d) in [(1, 1), (2, 5), (33, 4), (100, 100)] {
            let asked = format!("{n} points × {d}");
            expect_table(&asked, random_points(n, d).view());
        }
        in_every_layout(&random_points(9, 6), |layout, points| {
            expect_table(&format!("9 points × 6, {layout}"), points);
        });
    }

    #[test]
    fn by_row_takes_no_points_and_no_measurements() {
        for (n, d) in [(0, 3), (0, 0), (3, 0)] {
            expect_table(&format!("{n} points × {d}"), Array2::zeros((n, d)).view());
        }
    }
}

mod concurrent {
    use super::*;

    /// With two points, the pairs of a row are two, and so are those of a column.
    #[test]
    fn pairs_of_a_row_overlap() {
        pairs_overlap(
            "the pairs of row 0",
            |i, _| i == 0,
            "no pair waits for its row",
        );
    }

    #[test]
    fn pairs_of_a_column_overlap() {
        pairs_overlap(
            "the pairs of column 0",
            |_, j| j == 0,
            "no row waits for the row before it",
        );
    }

    #[test]
    fn pairs_keep_their_places_when_two_threads_work_in_step() {
        let meeting = || Rendezvous::new(2, Rendezvous::MEET_LIMIT);
        let (first, second, calls) = (meeting(), meeting(), AtomicUsize::new(0));
        let interleaver = |p: ArrayView1<f64>, q: ArrayView1<f64>| {
            // Each thread begins one pair and ends it only then; each begins another and ends that only then. However
            // distances are gathered as they come, those of one thread now stand among the other's.
            match calls.fetch_add(1, Ordering::Relaxed) {
                0 | 1 => first.arrive(),
                _ if first.met() => second.arrive(),
                _ => {}
            }
            both_numbers(p, q)
        };
        let points = numbered(8, 2);
        let table = pool_of_two().install(|| distances_by_pair(points.view(), interleaver));
        expect_both_numbers("8 points on two threads", table.view(), 8);
    }

    #[test]
    fn pairs_use_no_more_threads_than_the_callers_pool() {
        let probe = Probe::new();
        let points = numbered(8, 2);
        pool_of_one()
            .install(|| distances_by_pair(points.view(), |p, q| probe.call((), || distance(p, q))));
        expect_one_thread("distance", &probe.log());
    }

    #[test]
    fn rows_overlap() {
        for n in [2, 64] {
            let log = rows_witnessed(
                &pool_of_two(),
                n,
                Probe::with_rendezvous(Rendezvous::new(2, Rendezvous::MEET_LIMIT)),
            );
            expect(
                log.met(),
                format!(
                    "{n} rows: never two threads inside `fill` at once: {}",
                    how(&log)
                ),
                "two rows under way at once, since there are two threads",
            );
        }
    }

    #[test]
    fn rows_use_no_more_threads_than_the_callers_pool() {
        expect_one_thread("`fill`", &rows_witnessed(&pool_of_one(), 64, Probe::new()));
    }

    fn rows_witnessed(pool: &KnownPool, n: usize, probe: Probe<usize>) -> CallLog<usize> {
        let points = numbered(n, 2);
        let fill = |_: ArrayView2<f64>, i, _: ArrayViewMut1<f64>| probe.call(i, || ());
        pool.install(|| distances_by_row(points.view(), fill));
        probe.log()
    }

    fn pairs_overlap(which: &str, waits: fn(usize, usize) -> bool, expected: &str) {
        let probe = Probe::with_rendezvous(Rendezvous::new(2, Rendezvous::MEET_LIMIT));
        let watched = |p: ArrayView1<f64>, q: ArrayView1<f64>| {
            if waits(p[0] as usize, q[0] as usize) {
                probe.call((), || ());
            }
            0.0
        };
        let points = numbered(2, 1);
        pool_of_two().install(|| distances_by_pair(points.view(), watched));
        let log = probe.log();
        expect(
            log.met(),
            format!(
                "2 points, {which}: never two threads inside distance at once: {}",
                how(&log)
            ),
            format!("each pair a task of its own: {expected}"),
        );
    }

    fn how<T>(log: &CallLog<T>) -> &'static str {
        match log.threads().len() {
            0 => "it is not called",
            1 => "one thread did them all",
            _ => "several threads took turns: does one wait for another?",
        }
    }

    fn expect_one_thread<T>(what: &str, log: &CallLog<T>) {
        let threads = log.threads().len();
        expect(
            threads == 1,
            format!("a pool of one: {what} called on {threads} threads"),
            "on one: how many there are is the caller's decision",
        );
    }

    fn pool_of_one() -> KnownPool {
        KnownPool::new(NonZeroUsize::MIN).expect("the system starts a thread")
    }
}

mod speed {
    use super::workloads;

    #[test]
    #[ignore = "needs the machine to itself: `cargo xtask check 03` runs it"]
    fn distances_beside_the_serial_loop() {
        testkit::paired::report(&workloads::all());
    }
}

/// Bytes for threads, their queues and their tasks, none of which grows with the points.
const ROOM: usize = 65_536;

/// `n` points of `d` measurements, each the point's own number.
fn numbered(n: usize, d: usize) -> Array2<f64> {
    Array2::from_shape_fn((n, d), |(i, _)| i as f64)
}

/// Not symmetric, so that a pair is told from its mirror image.
fn both_numbers(p: ArrayView1<f64>, q: ArrayView1<f64>) -> f64 {
    10.0 * p[0] + q[0]
}

fn expect_none(case: &str, fault: Option<String>, expected: &str) {
    if let Some(fault) = fault {
        expect(false, format!("{case}: {fault}"), expected);
    }
}

fn expect_shape(case: &str, table: ArrayView2<f64>, n: usize) {
    expect(
        table.dim() == (n, n),
        format!("{case}: a table of {} × {}", table.nrows(), table.ncols()),
        format!("{n} × {n}: a row and a column for each point, whatever it measures"),
    );
}

fn expect_both_numbers(case: &str, table: ArrayView2<f64>, n: usize) {
    expect_shape(case, table, n);
    for ((i, j), &seen) in table.indexed_iter() {
        let (expected, mirrored) = ((10 * i + j) as f64, (10 * j + i) as f64);
        let remark = match seen {
            _ if seen == mirrored => format!(", which belongs to row {j}, column {i}"),
            0.0 => ", as if it had never been written".to_owned(),
            _ => String::new(),
        };
        expect(
            seen == expected,
            format!("{case}: row {i}, column {j} is {seen}{remark}"),
            format!("{expected}"),
        );
    }
}

fn expect_few_allocations(case: &str, count: usize, allowed: usize, pairs: usize) {
    let remark = if count >= pairs {
        ": a new array for every pair?"
    } else {
        ": a new array for every row, or tasks inside a row?"
    };
    expect(
        count <= allowed,
        format!("{case}: {count} allocations for {pairs} pairs{remark}"),
        format!("at most {allowed}: a sum needs no array of differences, and a row is one task"),
    );
}

fn row(points: ArrayView2<f64>, i: usize) -> Array1<f64> {
    let mut row = Array1::from_elem(points.nrows(), UNWRITTEN);
    row_of_distances(points, i, row.view_mut());
    row
}

fn expect_rows(case: &str, points: ArrayView2<f64>) {
    for i in 0..points.nrows() {
        expect_row(case, points, i, row(points, i).view());
    }
}

fn expect_table(case: &str, points: ArrayView2<f64>) {
    let table = distances_by_row(points, row_of_distances);
    expect_shape(case, table.view(), points.nrows());
    for (i, row) in table.rows().into_iter().enumerate() {
        expect_row(case, points, i, row);
    }
}

/// Squares of differences are off by three roundings of ε/2, adding d of them brings d − 1 more, and the root halves
/// that and rounds once more: (d + 4) · ε / 4. The reference errs as well, and the contract allows twice that.
fn rounding(d: usize) -> f64 {
    (d + 4) as f64 * f64::EPSILON
}

fn expect_row(case: &str, points: ArrayView2<f64>, i: usize, row: ArrayView1<f64>) {
    let (here, tolerance) = (points.row(i), rounding(points.ncols()));
    for (j, (there, &seen)) in points.rows().into_iter().zip(row).enumerate() {
        let expected = distance(here, there);
        let holds = relative_eq!(seen, expected, epsilon = 0.0, max_relative = tolerance)
            || (seen.is_nan() && expected.is_nan());
        if holds {
            continue;
        }
        let mistake = mistakes::behind(seen, here, there);
        let remark = mistake.map_or(String::new(), |words| format!(": {words}"));
        expect(
            false,
            format!("{case}: from point {i} to point {j} {seen:?}{remark}"),
            format!("{expected:?}, to a relative {tolerance:.0e}"),
        );
    }
}
