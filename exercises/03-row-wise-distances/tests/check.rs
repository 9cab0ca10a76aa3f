//! The contract of lesson 03: on which cases, what is called, what must hold.

mod cloud;
mod tables;
mod workloads;

use std::panic;
use std::sync::Mutex;
use std::thread;

use cloud::Cloud;
use lesson::layouts::Layout;
use lesson::mistakes::UNWRITTEN;
use lesson::{distance, random_points};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1, array, s};
use row_wise_distances::row_of_distances;
use tables::{Table, are_distances, each_once, holds, same, square, table};
use testkit::{
    AllocationMeter, Allocations, Allowance, Cases, Interleaver, Mismatch, ParallelFn, Rendezvous,
    cases, claim, claim_allocations, claim_growth, claim_overlap, expect_callers_thread, panics,
    pool_of_two, wakes_its_pool,
};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

mod correct {
    use super::*;

    #[test]
    fn by_pair_puts_each_distance_at_its_pair() {
        claim_of_pairs(cases([Cloud::of_numbers(4, 2)
            .with_name("4 points × 2, distance = 10 · number of p + number of q")]));
    }

    #[test]
    fn by_pair_calls_distance_once_for_each_pair() {
        claim(
            cases([12])
                .and_random(|random| random.usize(..20))
                .label(|n| format!("{n} points, pair (i, j) as number {n} · i + j")),
            |&n| {
                let pairs = Mutex::new(Vec::new());
                distances_by_pair(Cloud::of_numbers(n, 3).points.view(), &|p, q| {
                    pairs
                        .lock()
                        .unwrap()
                        .push(p[0] as usize * n + q[0] as usize);
                    0.0
                });
                pairs.into_inner().unwrap()
            },
            |&n, pairs| {
                each_once(
                    n * n,
                    pairs,
                    ["pair", "taken"],
                    "distance called once for each pair",
                )
            },
        );
    }

    #[test]
    fn by_pair_takes_transposed_strided_and_reversed_views() {
        claim_of_pairs(cases(Cloud::of_numbers(4, 2).in_other_layouts()).and_random(Cloud::any));
    }

    #[test]
    fn by_pair_hides_no_nan() {
        let mut odd = Cloud::of_numbers(3, 1);
        (odd.points[[1, 0]], odd.points[[2, 0]]) = (f64::NAN, f64::INFINITY);
        let odd = odd.with_name("3 points × 1, point 1 is NaN, point 2 infinite");
        claim_of_pairs(cases([odd]));
    }

    #[test]
    fn by_pair_takes_no_points_one_point_and_no_measurements() {
        let shapes = [(0, 3), (1, 3), (3, 0), (0, 0)];
        claim_of_pairs(cases(shapes.map(|(n, d)| Cloud::of_numbers(n, d))));
    }

    #[test]
    fn by_pair_allocates_nothing_for_a_single_pair() {
        claim_allocations(
            cases(
                [Cloud::of_numbers(64, 8)]
                    .into_iter()
                    .chain(Cloud::of_numbers(64, 8).in_other_layouts()),
            )
            .and_random(|random| Cloud::of(random.usize(60..80), 8, random).in_any_layout(random))
            .times(2)
            .label(Cloud::label),
            |cloud| {
                let pool = pool_of_two();
                cloud.with_view(|points| {
                    let by_pair = || _ = distances_by_pair(points, &distance);
                    METER.measure_least(|| pool.install(by_pair))
                })
            },
            |cloud| Allowance::Blocks(cloud.points.nrows().pow(2) / 2),
            "half a block a pair, since a pair needs no array",
        );
    }

    #[test]
    fn a_row_is_the_root_of_the_sum_of_squares() {
        let points = array![[0.0, 0.0], [3.0, 4.0], [0.0, 2.0], [-5.0, -12.0]];
        let points = Cloud::new(points).with_name("points (0, 0), (3, 4), (0, 2), (-5, -12)");
        claim_of_rows(cases([points]));
    }

    #[test]
    fn a_row_counts_every_measurement() {
        let counts = (1..=17).chain([31, 100, 300, 5_000]);
        claim_of_rows(cases(counts.map(|d| Cloud::new(random_points(3, d)))));
    }

    /// By the product form, |p|² + |q|² − 2·p·q, what is left of two sums of about 30 is rounding.
    #[test]
    fn a_row_tells_near_duplicates_apart() {
        let mut points = random_points(4, 100);
        for i in 1..4 {
            let near = points.row(0).map(|x| x + i as f64 * 1e-9);
            points.row_mut(i).assign(&near);
        }
        let tiny = random_points(4, 5).map(|x| x * 1e-100);
        claim_of_rows(cases([
            Cloud::new(points).with_name("4 points × 100, 1e-9 apart"),
            Cloud::new(tiny).with_name("4 points × 5, 1e-100 apart"),
        ]));
    }

    #[test]
    fn equal_points_are_at_no_distance() {
        let point = random_points(1, 7).map(|x| x * 1e3);
        let equal = point
            .broadcast((4, 7))
            .expect("one point, four times")
            .to_owned();
        claim_of_rows(cases([
            Cloud::new(random_points(20, 7).map(|x| x * 1e3)),
            Cloud::new(equal).with_name("4 equal points × 7"),
        ]));
    }

    #[test]
    fn a_row_hides_no_nan_and_no_infinity() {
        let mut odd = random_points(5, 6);
        (odd[[1, 0]], odd[[3, 5]]) = (f64::NAN, f64::INFINITY);
        let mut hidden = random_points(5, 6);
        (hidden[[1, 0]], hidden[[1, 5]]) = (f64::INFINITY, f64::NAN);
        let mut large = random_points(3, 6);
        large[[1, 2]] = 1e200;
        claim_of_rows(cases([
            Cloud::new(odd).with_name("5 points × 6, a NaN in point 1, an infinity in point 3"),
            Cloud::new(hidden).with_name("5 points × 6, in point 1 an infinity before a NaN"),
            Cloud::new(large).with_name("3 points × 6, 1e200 in point 1, whose square overflows"),
        ]));
    }

    #[test]
    fn a_row_takes_one_point_and_no_measurements() {
        claim_of_rows(cases(
            [(1, 3), (3, 0)].map(|(n, d)| Cloud::new(random_points(n, d))),
        ));
    }

    #[test]
    fn a_row_takes_transposed_strided_and_reversed_views() {
        let clouds = [5, 8, 2, 1, 14, 17].map(|d| Cloud::new(random_points(4, d)));
        let views = clouds.into_iter().flat_map(Cloud::in_other_layouts);
        claim_of_rows(cases(views).and_random(Cloud::any));
    }

    #[test]
    fn a_row_of_any_view_hides_no_nan() {
        let mut odd = random_points(5, 6);
        (odd[[1, 0]], odd[[3, 5]]) = (f64::NAN, f64::INFINITY);
        let odd =
            Cloud::new(odd).with_name("5 points × 6, a NaN in point 1, an infinity in point 3");
        claim_of_rows(cases(odd.in_other_layouts()));
    }

    #[test]
    fn a_row_is_written_to_strided_and_reversed_views() {
        let four = || Cloud::new(random_points(4, 5));
        claim(
            cases([(four(), 3), (four(), -1)])
                .and_random(|random| (Cloud::any(random), [-2, 2, 4][random.usize(..3)]))
                .label(|(cloud, stride)| format!("{}, `row` with stride {stride}", cloud.label())),
            |(cloud, stride)| rows(cloud, *stride),
            |(cloud, _), rows| are_distances(cloud, rows),
        );
    }

    #[test]
    fn a_row_of_a_point_that_is_not_there_panics() {
        claim(
            cases([(3, 2, 3), (1, 1, 7)])
                .and_random(|random| {
                    let n = random.usize(1..8);
                    (n, random.usize(1..6), n + random.usize(..3))
                })
                .label(|(n, d, i)| format!("{n} points × {d}, row {i}")),
            |&(n, d, i)| {
                rows(&Cloud::new(random_points(1, d)), 1); // A point that is there does not panic.
                let (points, mut row) = (random_points(n, d), Array1::zeros(n));
                panics(|| row_of_distances(points.view(), i, row.view_mut()))
            },
            |_, &panicked| {
                Mismatch::unless(panicked, "no panic", "a panic: there is no such point")
            },
        );
    }

    /// In the first call on a thread: a buffer that is kept would not show in a later one.
    #[test]
    fn a_row_allocates_nothing() {
        let long = Cloud::new(random_points(20, 3_000));
        claim_allocations(
            cases(
                [16, 7]
                    .map(|d| Cloud::new(random_points(200, d)))
                    .into_iter()
                    .chain([long.clone()]),
            )
            .and_random(|random| Cloud::of(random.usize(60..80), 16, random).in_any_layout(random))
            .times(2)
            .label(|cloud| format!("{}, every row", cloud.label())),
            row_allocations,
            |_| Allowance::Bytes(ROOM_FOR_HARNESS),
            "a sum needs no array of differences, and a row is one task",
        );
    }

    #[test]
    fn a_row_of_any_view_allocates_nothing() {
        claim_allocations(
            cases(
                [16, 7]
                    .into_iter()
                    .flat_map(|d| Cloud::new(random_points(60, d)).in_other_layouts()),
            )
            .label(Cloud::label),
            row_allocations,
            |_| Allowance::Bytes(ROOM_FOR_HARNESS),
            "no copy of points or of `row`, however they lie in memory",
        );
    }

    #[test]
    fn a_row_is_that_of_the_points_as_they_are_now() {
        claim(
            cases([3, 9])
                .and_random(|random| random.usize(1..20))
                .label(|d| format!("4 points × {d}, each number doubled after the first call")),
            |&d| {
                let mut points = random_points(4, d);
                let mut row = Array1::zeros(4);
                row_of_distances(points.view(), 1, row.view_mut());
                points.mapv_inplace(|x| 2.0 * x);
                row_of_distances(points.view(), 1, row.view_mut());
                row.to_vec()
            },
            |&d, row| {
                let points = random_points(4, d).map(|x| 2.0 * x);
                let expected: Vec<f64> = points
                    .rows()
                    .into_iter()
                    .map(|q| distance(points.row(1), q))
                    .collect();
                let near = |(x, y): (&f64, &f64)| (x - y).abs() <= 1e-12 * y;
                let right = row.len() == 4 && row.iter().zip(&expected).all(near);
                Mismatch::unless(right, format!("{row:?}"), format!("{expected:?}"))
            },
        );
    }

    /// More points than 16 bits can count.
    #[test]
    fn a_row_may_be_that_of_a_late_point() {
        claim(
            cases([65_539])
                .label(|i| format!("{} points × 1, which are their numbers, row {i}", i + 1)),
            |&i| {
                let n = i + 1;
                let (points, mut row) = (Cloud::of_numbers(n, 1).points, Array1::zeros(n));
                row_of_distances(points.view(), i, row.view_mut());
                (row[0], row[i])
            },
            |&i, &(first, last)| {
                let seen = format!("{first} to point 0, {last} to point {i}");
                Mismatch::unless(first == i as f64 && last == 0.0, seen, format!("{i} and 0"))
            },
        );
    }

    #[test]
    fn by_pair_calls_distance_for_equal_points_too() {
        claim(
            cases([6])
                .and_random(|random| random.usize(2..9))
                .label(|n| format!("{n} equal points")),
            |&n| {
                let calls = Mutex::new(0);
                distances_by_pair(Array2::zeros((n, 2)).view(), &|_, _| {
                    *calls.lock().unwrap() += 1;
                    0.0
                });
                calls.into_inner().unwrap()
            },
            |&n, calls: &usize| {
                let seen = format!("{calls} calls of `distance`");
                Mismatch::unless(
                    *calls == n * n,
                    seen,
                    "a call for each pair, whatever it measures",
                )
            },
        );
    }

    #[test]
    fn by_row_fills_each_row_once() {
        claim(
            cases([1, 2, 7, 64, 0])
                .and_random(|random| random.usize(..100))
                .label(|n| format!("{n} points")),
            |&n| {
                let filled = Mutex::new(Vec::new());
                let fill = |_: ArrayView2<f64>, i, _: ArrayViewMut1<f64>| {
                    filled.lock().unwrap().push(i);
                };
                distances_by_row(Cloud::of_numbers(n, 3).points.view(), &fill);
                filled.into_inner().unwrap()
            },
            |&n, filled| {
                each_once(
                    n,
                    filled,
                    ["row", "filled"],
                    "`fill` called once for each row",
                )
            },
        );
    }

    #[test]
    fn by_row_gives_each_row_to_fill_with_its_number() {
        claim(
            cases([Cloud::of_numbers(4, 2)])
                .and_random(Cloud::any)
                .label(|cloud| {
                    let factor = cloud.factor;
                    format!(
                        "{}, `fill` writes {factor} · i + j to place j",
                        cloud.label()
                    )
                }),
            |cloud| {
                let fill = |_: ArrayView2<f64>, i, row: ArrayViewMut1<f64>| fill(cloud, i, row);
                cloud.with_view(|points| table(&distances_by_row(points, &fill)))
            },
            |cloud, table| holds(cloud, table, |i, j| cloud.filling(i, j)),
        );
    }

    #[test]
    fn by_row_keeps_what_fill_writes_to_the_last_bit() {
        claim(
            cases([-0.0, 5e-324, f64::NEG_INFINITY, 1e300])
                .label(|x| format!("5 points, `fill` writes {x:e} everywhere")),
            |&x| {
                let fill = |_: ArrayView2<f64>, _, mut row: ArrayViewMut1<f64>| row.fill(x);
                table(&distances_by_row(
                    Cloud::of_numbers(5, 2).points.view(),
                    &fill,
                ))
            },
            |x, (_, numbers)| {
                let other = numbers.iter().find(|seen| seen.to_bits() != x.to_bits());
                let seen = format!("{:e} in the result", other.unwrap_or(x));
                Mismatch::unless(other.is_none(), seen, format!("{x:e}"))
            },
        );
    }

    #[test]
    fn by_row_writes_in_place() {
        let address = |row: ArrayView1<f64>| row.as_ptr() as usize;
        claim(
            cases([16])
                .and_random(|random| random.usize(2..100))
                .label(|n| format!("{n} points")),
            |&n| {
                let given = Mutex::new(vec![0; n]);
                let table =
                    distances_by_row(Cloud::of_numbers(n, 2).points.view(), &|_, i, row| {
                        given.lock().unwrap()[i] = address(row.view());
                    });
                let given = given.into_inner().unwrap();
                let elsewhere = (0..n).find(|&i| given[i] != address(table.row(i)));
                let strides = table.strides().iter().map(|&stride| stride as i64);
                (elsewhere, strides.collect::<Vec<_>>())
            },
            |&n, (elsewhere, strides)| {
                let row = elsewhere.unwrap_or_default();
                Mismatch::unless(
                    elsewhere.is_none(),
                    format!("row {row} of the result lies elsewhere than the row that was filled"),
                    "`fill` writes to the result itself: no rows that are gathered and copied",
                )?;
                Mismatch::unless(
                    *strides == [n as i64, 1],
                    format!("the strides of the result are {strides:?}"),
                    format!("[{n}, 1]: standard layout, one row after the other"),
                )
            },
        );
    }

    #[test]
    fn by_row_gives_fill_the_points_in_order() {
        let four = Cloud::of_numbers(4, 2);
        claim(
            cases([four.clone()].into_iter().chain(four.in_other_layouts()))
                .and_random(Cloud::any)
                .label(Cloud::label),
            |cloud| {
                let given = Mutex::new(Vec::new());
                let fill = |points: ArrayView2<f64>, _, _: ArrayViewMut1<f64>| {
                    let points = (points.is_standard_layout(), table(&points.to_owned()));
                    given.lock().unwrap().push(points);
                };
                cloud.with_view(|points| distances_by_row(points, &fill));
                given.into_inner().unwrap()
            },
            |cloud, given| {
                for (in_order, (shape, numbers)) in given {
                    let expected = &cloud.points;
                    let equal = numbers.iter().zip(expected).all(|(x, y)| same(*x, *y));
                    Mismatch::unless(
                        *shape == expected.dim() && numbers.len() == expected.len() && equal,
                        format!("`fill` gets the points {shape:?} {numbers:?}"),
                        format!("the given points\n{expected}"),
                    )?;
                    Mismatch::unless(
                        *in_order,
                        "`fill` gets them in the same layout",
                        "in standard layout: copied once, so that rows lie in order",
                    )?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn by_row_allocates_the_result_and_at_most_one_copy_of_the_points() {
        let layouts = [Layout::Standard, Layout::Transposed];
        let points = Cloud::new(random_points(300, 100));
        claim_allocations(
            cases(layouts.map(|layout| points.clone().in_layout(layout)))
                .and_random(|random| {
                    let n = random.usize(90..120);
                    Cloud::of(n, n, random).in_layout(layouts[random.usize(..2)])
                })
                .times(2)
                .label(|cloud| {
                    let (n, d) = cloud.points.dim();
                    format!("{n} points × {d}, {}", cloud.layout)
                }),
            |cloud| {
                let pool = pool_of_two();
                cloud.with_view(|points| {
                    let call = || distances_by_row(points, &|_, _, _| ());
                    METER.measure(|| pool.install(call)).1
                })
            },
            |cloud| {
                let ((n, d), copies) = (cloud.points.dim(), cloud.layout != Layout::Standard);
                Allowance::Bytes(8 * n * n + usize::from(copies) * 8 * n * d + ROOM)
            },
            "the result, one copy of points that are not in standard layout, and 65536 bytes for threads",
        );
    }

    #[test]
    fn by_row_allocates_nothing_for_a_single_row() {
        claim_growth(
            cases([[50, 1000]])
                .and_random(|random| [random.usize(10..50), random.usize(900..1000)])
                .times(1)
                .label(|[few, many]| format!("{few} points × 3, and {many}")),
            |&n, pool| {
                let cloud = Cloud::of_numbers(n, 3);
                let call = || _ = distances_by_row(cloud.points.view(), &|_, _, _| ());
                METER.measure_least(|| pool.install(call))
            },
            |&n| 8 * n * n,
            "beside the result, as much for few points as for many",
        );
    }

    #[test]
    fn by_row_all_distances_agree_with_the_reference() {
        let sizes = [(1, 1), (2, 5), (33, 4), (100, 100)];
        let ordinary = sizes.map(|(n, d)| Cloud::new(random_points(n, d)));
        let views = Cloud::new(random_points(9, 6)).in_other_layouts();
        claim_of_all_distances(cases(ordinary.into_iter().chain(views)).and_random(Cloud::any));
    }

    #[test]
    fn by_row_takes_no_points_and_no_measurements() {
        let shapes = [(0, 3), (0, 0), (3, 0)];
        claim_of_all_distances(cases(shapes.map(|(n, d)| Cloud::of_numbers(n, d))));
    }

    #[test]
    fn by_pair_holds_wherever_it_is_called() {
        by_pair().claim_calls();
    }

    #[test]
    fn by_row_holds_wherever_it_is_called() {
        by_row().claim_calls();
    }

    #[track_caller]
    fn claim_of_pairs(cases: Cases<Cloud>) {
        claim(
            cases.label(Cloud::label),
            |cloud| {
                let distance = |p: ArrayView1<f64>, q: ArrayView1<f64>| cloud.distance(p, q);
                cloud.with_view(|points| table(&distances_by_pair(points, &distance)))
            },
            |cloud, table| holds(cloud, table, |i, j| cloud.between_numbers(i, j)),
        );
    }

    #[track_caller]
    fn claim_of_rows(cases: Cases<Cloud>) {
        claim(
            cases.label(Cloud::label),
            |cloud| rows(cloud, 1),
            |cloud, rows| are_distances(cloud, rows),
        );
    }

    #[track_caller]
    fn claim_of_all_distances(cases: Cases<Cloud>) {
        claim(
            cases.label(Cloud::label),
            |cloud| {
                let by_row = |points: ArrayView2<f64>| distances_by_row(points, &row_of_distances);
                cloud.with_view(|points| table(&by_row(points)))
            },
            |cloud, table| {
                let table = square(cloud, table)?;
                let rows: Vec<_> = table.rows().into_iter().map(|row| row.to_vec()).collect();
                are_distances(cloud, &rows)
            },
        );
    }

    /// The rows of all points, each written to a view with this stride.
    fn rows(cloud: &Cloud, stride: isize) -> Vec<Vec<f64>> {
        let n = cloud.points.nrows();
        let row = |i| {
            let mut memory = Array1::from_elem(n * stride.unsigned_abs(), UNWRITTEN);
            let mut row = memory.slice_mut(s![..; stride]);
            cloud.with_view(|points| row_of_distances(points, i, row.view_mut()));
            row.to_vec()
        };
        (0..n).map(row).collect()
    }
}

mod concurrent {
    use super::*;

    #[test]
    fn pairs_of_a_row_overlap() {
        claim_overlap_of_pairs("row", [|i, _| i, |_, j| j]);
    }

    #[test]
    fn pairs_of_a_column_overlap() {
        claim_overlap_of_pairs("column", [|_, j| j, |i, _| i]);
    }

    /// However distances are gathered as they come, those of one thread stand among the other's.
    #[test]
    fn pairs_keep_their_places_when_two_threads_work_in_step() {
        claim(
            cases([Cloud::of_numbers(8, 2)])
                .and_random(|random| Cloud::numbered_at_random(8, 2, random))
                .times(3)
                .label(|_| "8 points on two threads".to_owned()),
            |cloud| {
                let interleaver = Interleaver::new(Rendezvous::NO_MEETING_LIMIT);
                let distance = |p: ArrayView1<f64>, q: ArrayView1<f64>| {
                    interleaver.step();
                    cloud.distance(p, q)
                };
                let by_pair = || distances_by_pair(cloud.points.view(), &distance);
                table(&pool_of_two().install(by_pair))
            },
            |cloud, table| holds(cloud, table, |i, j| cloud.between_numbers(i, j)),
        );
    }

    #[test]
    fn pairs_are_shared_out_to_all_threads_of_the_pool() {
        by_pair().claim_sharing();
    }

    #[test]
    fn many_pairs_are_shared_out_as_well() {
        by_pair().grain(2_000).claim_few_are_shared();
    }

    #[test]
    fn every_pair_is_a_task_of_its_own() {
        claim(
            cases(0..8).label(|pair| format!("3 points, the pairs {pair} and {}", pair + 1)),
            |&pair| {
                let cloud = Cloud::of_numbers(3, 1);
                let meeting = Rendezvous::forbid(2);
                pool_of_two().install(|| {
                    distances_by_pair(cloud.points.view(), &|p, q| {
                        let number = 3 * p[0] as usize + q[0] as usize;
                        if number == pair || number == pair + 1 {
                            meeting.arrive();
                        }
                        0.0
                    })
                });
                meeting.met()
            },
            |_, &met| {
                Mismatch::unless(
                    met,
                    "they never run at the same time",
                    "each is a task of its own, which another thread can take",
                )
            },
        );
    }

    #[test]
    fn a_row_is_done_on_the_callers_thread() {
        claim(
            cases([(200, 4), (20_000, 2), (2, 20_000)])
                .and_random(|random| (random.usize(1..40), 4))
                .times(1)
                .label(|(n, d)| format!("{n} points × {d}, row 0")),
            |&(n, d)| {
                let (points, mut row) = (random_points(n, d), Array1::zeros(n));
                wakes_its_pool(|| row_of_distances(points.view(), 0, row.view_mut()))
            },
            |_, &woken| expect_callers_thread(woken),
        );
    }

    #[test]
    fn rows_are_shared_out_to_all_threads_of_the_pool() {
        by_row().claim_sharing();
    }

    /// Claims that of two neighbours in a `line` of the table, both are under way at once: each is a task of its own, which a
    /// thread without work can take while another is inside the first.
    #[track_caller]
    fn claim_overlap_of_pairs(line: &str, [line_of, place_in]: [fn(usize, usize) -> usize; 2]) {
        claim_overlap(
            cases(
                [(2, 0, 0), (24, 7, 12)]
                    .map(|(n, which, first)| (Cloud::of_numbers(n, 1), which, first)),
            )
            .and_random(|random| {
                let n = random.usize(2..20);
                let (which, first) = (random.usize(..n), random.usize(..n - 1));
                (Cloud::numbered_at_random(n, 3, random), which, first)
            })
            .times(1)
            .label(|(cloud, which, first)| {
                let n = cloud.points.nrows();
                format!(
                    "{n} points, the pairs {first} and {} of {line} {which}",
                    first + 1
                )
            }),
            |_| 2,
            |(cloud, which, first), lockstep| {
                let distance = |p: ArrayView1<f64>, q: ArrayView1<f64>| {
                    let (i, j) = (p[0] as usize, q[0] as usize);
                    if line_of(i, j) == *which && (*first..=first + 1).contains(&place_in(i, j)) {
                        lockstep.call(|| ());
                    }
                    cloud.distance(p, q)
                };
                let by_pair = || distances_by_pair(cloud.points.view(), &distance);
                table(&pool_of_two().install(by_pair))
            },
            |(cloud, ..), table| holds(cloud, table, |i, j| cloud.between_numbers(i, j)),
        );
    }
}

/// With the least square number of pairs that is enough.
fn by_pair() -> ParallelFn<Cloud, Table> {
    ParallelFn::new(
        ["distance", "pair"],
        |shape, random| {
            let n = (shape.calls as f64).sqrt().ceil() as usize;
            Cloud::numbered_at_random(n, 2, random)
        },
        |cloud| cloud.points.nrows().pow(2),
        |cloud, kernel| {
            let n = cloud.points.nrows();
            let distance = |p: ArrayView1<f64>, q: ArrayView1<f64>| {
                kernel.call(p[0] as usize * n + q[0] as usize, || cloud.distance(p, q))
            };
            table(&distances_by_pair(cloud.points.view(), &distance))
        },
        |cloud, table| holds(cloud, table, |i, j| cloud.between_numbers(i, j)),
    )
    .label(|cloud| format!("{}, pair (i, j) as number n · i + j", cloud.label()))
}

fn by_row() -> ParallelFn<Cloud, Table> {
    ParallelFn::new(
        ["fill", "row"],
        |shape, random| Cloud::numbered_at_random(shape.calls, 2, random),
        |cloud| cloud.points.nrows(),
        |cloud, kernel| {
            let fill = |_: ArrayView2<f64>, i, row: ArrayViewMut1<f64>| {
                kernel.call(i, || fill(cloud, i, row));
            };
            table(&distances_by_row(cloud.points.view(), &fill))
        },
        |cloud, table| holds(cloud, table, |i, j| cloud.filling(i, j)),
    )
    .label(Cloud::label)
    .most(250)
}

mod speed {
    use super::workloads;

    #[test]
    #[ignore = "needs the machine to itself: `cargo xtask check 03` runs it"]
    fn distances_beside_the_serial_loop() {
        testkit::paired::report(&workloads::all());
    }
}

type Distance<'a> = dyn Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync + 'a;
type Fill<'a> = dyn Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync + 'a;

/// [`row_wise_distances::distances_by_pair`], compiled once for all claims rather than for each closure.
fn distances_by_pair(points: ArrayView2<f64>, distance: &Distance<'_>) -> Array2<f64> {
    row_wise_distances::distances_by_pair(points, distance)
}

/// [`row_wise_distances::distances_by_row`], compiled once for all claims rather than for each closure.
fn distances_by_row(points: ArrayView2<f64>, fill: &Fill<'_>) -> Array2<f64> {
    row_wise_distances::distances_by_row(points, fill)
}

/// What is allocated for all rows, one after the other, on a thread that does nothing else.
fn row_allocations(cloud: &Cloud) -> Allocations {
    cloud.with_view(|points| {
        let mut row = Array1::zeros(2 * points.nrows());
        let all_rows = || {
            for i in 0..points.nrows() {
                let row = row.slice_mut(s![..;-2]);
                row_of_distances(points, i, row);
            }
        };
        thread::scope(|scope| {
            let measured = scope.spawn(|| METER.measure(all_rows).1).join();
            measured.unwrap_or_else(|panic| panic::resume_unwind(panic))
        })
    })
}

/// What a thread that has just started and the test harness may allocate beside a measurement, in bytes.
const ROOM_FOR_HARNESS: usize = 2_000;

/// Bytes for threads, their queues and their tasks, none of which grows with the points.
const ROOM: usize = 65_536;

fn fill(cloud: &Cloud, i: usize, row: ArrayViewMut1<f64>) {
    let places = row.into_iter().enumerate();
    places.for_each(|(j, place)| *place = cloud.filling(i, j));
}
