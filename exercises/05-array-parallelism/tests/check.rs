//! The contract of lesson 05: on which cases, what is called, what must hold.

mod heights;
mod integral;
mod pairs;
mod workloads;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use array_parallelism::{
    distances, integrate_expression, integrate_fused, integrate_parallel, survey,
};
use fastrand::Rng;
use heights::{Answer, Heights};
use integral::*;
use lesson::f;
use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut2};
use pairs::{MatrixLayout, Pairs};
#[cfg(target_pointer_width = "64")]
use testkit::claim_far_end;
use testkit::{
    AllocationMeter, Allocations, Cases, KnownPool, Mismatch, ParallelFn, Probe, RandomIntegrand,
    Rendezvous, Samples, cases, claim, claim_any_bounds, claim_growth, expect, panics, pool_of_two,
};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

// The integrals over an array keep nearly one contract, so they share their claims.
const EXPRESSION: Integral = |_, xs, dx| integrate_expression(xs, dx);
const FUSED: Integral = |f, xs, dx| integrate_fused(f, xs, dx);
const PARALLEL: Integral = |f, xs, dx| integrate_parallel(f, xs, dx);

/// Bytes that no temporary array fits into; they leave room for what the test harness allocates now and then.
const FEW: usize = 1_024;

const NO_TEMPORARY: &str = "no temporary array or list: each height goes straight into a sum";

mod correct {
    use super::*;

    #[test]
    fn expression_agrees_with_the_loop() {
        agrees_with_the_loop(EXPRESSION, Case::any_parabola);
    }

    #[test]
    fn expression_hides_no_odd_sample() {
        hides_no_odd_sample(EXPRESSION);
    }

    #[test]
    fn expression_makes_one_temporary_and_no_second() {
        allocates(
            EXPRESSION,
            8,
            "one temporary of 8 bytes a sample: an operator whose left side is owned, and not borrowed, writes over it",
        );
    }

    #[test]
    fn expression_takes_a_view_that_is_not_contiguous() {
        takes_a_view_that_is_not_contiguous(EXPRESSION);
    }

    #[test]
    fn expression_over_no_sample_is_zero() {
        over_no_sample_is_zero(EXPRESSION);
    }

    #[test]
    fn fused_calls_f_once_for_each_sample() {
        calls_f_once_for_each_sample(FUSED);
    }

    #[test]
    fn fused_is_the_sum_times_dx() {
        is_the_sum_times_dx(FUSED);
    }

    #[test]
    fn fused_takes_a_view_that_is_not_contiguous() {
        takes_a_view_that_is_not_contiguous(FUSED);
    }

    #[test]
    fn fused_agrees_with_the_loop() {
        agrees_with_the_loop(FUSED, Case::any);
    }

    #[test]
    fn fused_hides_no_odd_height() {
        hides_no_odd_height(FUSED);
    }

    #[test]
    fn fused_makes_no_temporary() {
        allocates(FUSED, 0, NO_TEMPORARY);
    }

    #[test]
    fn fused_over_no_sample_is_zero() {
        over_no_sample_is_zero(FUSED);
    }

    #[test]
    fn parallel_calls_f_once_for_each_sample() {
        calls_f_once_for_each_sample(PARALLEL);
    }

    #[test]
    fn parallel_is_the_sum_times_dx() {
        is_the_sum_times_dx(PARALLEL);
    }

    #[test]
    fn parallel_over_no_sample_is_zero() {
        over_no_sample_is_zero(PARALLEL);
    }

    #[test]
    fn parallel_takes_a_view_that_is_not_contiguous() {
        takes_a_view_that_is_not_contiguous(PARALLEL);
    }

    #[test]
    fn parallel_agrees_with_the_loop() {
        agrees_with_the_loop(PARALLEL, Case::any);
    }

    #[test]
    fn parallel_hides_no_odd_height() {
        hides_no_odd_height(PARALLEL);
    }

    #[test]
    fn parallel_makes_no_temporary() {
        claim_no_growth(|case, pool| {
            case.with_view(|xs| {
                let call = || _ = black_box(integrate_parallel(f, xs, 1.0));
                METER.measure_least(|| pool.install(call))
            })
        });
    }

    #[test]
    fn survey_calls_f_once_at_each_sample() {
        let sizes = [(0.0, 2.0, 4), (2.0, -1.0, 99), (0.1, 1.3, 50_000)];
        claim(
            cases(sizes.map(|(a, b, n)| Samples { a, b, n }))
                .and_random(|random| RandomIntegrand::draw(random, 20_000).samples)
                .label(|Samples { a, b, n }| format!("n = {n} from {a} to {b}")),
            |&Samples { a, b, n }| record(|f| survey(f, a, b, n)),
            |samples, xs| {
                samples.check(xs.iter().copied()).map_err(|fault| Mismatch {
                    actual: fault,
                    expected: "one call of f at each a + i · dx, with x computed from the index i"
                        .to_owned(),
                })
            },
        );
    }

    #[test]
    fn survey_starts_from_what_changes_nothing() {
        let heights = [0.0, 3.0, -3.0, f64::INFINITY, f64::NEG_INFINITY];
        claim_surveys(cases(heights.map(Heights::same)).and_random(Heights::infinite));
    }

    #[test]
    fn survey_of_no_sample_is_what_changes_nothing() {
        claim_surveys(cases(
            [(0.0, 2.0), (1.0, 1.0)].map(|(a, b)| Heights::parabola(a, b, 0)),
        ));
    }

    #[test]
    fn survey_agrees_with_the_loop() {
        let sizes = [(1.0, 3.0, 1), (1.0, 3.0, 1000), (3.0, 1.0, 100_000)];
        let parabolas = sizes.map(|(a, b, n)| Heights::parabola(a, b, n));
        claim_surveys(cases(parabolas).and_random(Heights::any));
    }

    #[test]
    fn survey_hides_no_nan_from_the_area() {
        claim_surveys(cases([Heights::around_nan()]).and_random(Heights::with_nan));
    }

    #[test]
    fn survey_calls_f_whatever_the_bounds_are() {
        claim_any_bounds(|f, Samples { a, b, n }| survey(f, a, b, n).area);
    }

    #[test]
    fn survey_makes_no_array() {
        claim_growth(
            cases([NO_GROWTH])
                .and_random(draw_sizes)
                .times(2)
                .label(label_sizes),
            |&n, pool| {
                METER.measure_least(|| _ = black_box(pool.install(|| survey(f, 0.0, 2.0, n))))
            },
            |_| 0,
            "no array: each x is computed from its index, and each height goes straight into the survey",
        );
    }

    #[cfg(target_pointer_width = "64")]
    #[test]
    fn survey_takes_more_samples_than_32_bits_count() {
        claim_far_end(|f, Samples { a, b, n }| _ = survey(f, a, b, n));
    }

    #[test]
    fn distances_go_from_the_rows_of_from_to_the_rows_of_to() {
        let shapes = [(1, 1), (3, 3), (3, 5), (7, 2)];
        claim_distances(cases(shapes.map(|(p, q)| Pairs::of_numbers(p, q))));
    }

    #[test]
    fn distances_of_points_to_themselves_are_all_computed() {
        claim(
            cases([6])
                .and_random(|random| random.usize(2..9))
                .label(|n| format!("{n} points to themselves")),
            |&n| {
                let (points, mut out) = (Array2::zeros((n, 2)), Array2::zeros((n, n)));
                let calls = AtomicUsize::new(0);
                let distance = |_: ArrayView1<f64>, _: ArrayView1<f64>| {
                    calls.fetch_add(1, Relaxed);
                    1.0
                };
                distances(distance, points.view(), points.view(), out.view_mut());
                (calls.into_inner(), out.sum())
            },
            |&n, &(calls, sum)| {
                let seen = format!("{calls} calls of `distance`, {sum} places written");
                Mismatch::unless(calls == n * n && sum == (n * n) as f64, seen, n * n)
            },
        );
    }

    #[test]
    fn distances_fill_an_out_that_is_not_contiguous() {
        let others = MatrixLayout::OTHERS;
        let shapes = [(3, 5), (4, 4)].into_iter();
        let outs =
            shapes.flat_map(|(p, q)| others.map(|layout| Pairs::of_numbers(p, q).with_out(layout)));
        claim_distances(cases(outs).and_random(Pairs::any));
    }

    #[test]
    fn distances_read_points_that_are_not_contiguous() {
        let others = MatrixLayout::OTHERS;
        let drawn = others.map(|layout| {
            let random = &mut fastrand::Rng::with_seed(5);
            Pairs::at_random(6, 4, 10, random).with_points(layout)
        });
        claim_distances(cases(drawn).and_random(Pairs::any));
    }

    #[test]
    fn distances_without_pairs_or_measurements_are_no_accident() {
        let shapes = [(0, 3), (3, 0), (0, 0)].map(|(p, q)| Pairs::of_numbers(p, q));
        let unmeasured = Pairs::at_random(3, 3, 0, &mut fastrand::Rng::with_seed(5));
        claim_distances(cases(shapes.into_iter().chain([unmeasured])));
    }

    #[test]
    fn distances_into_a_shape_that_does_not_fit_panic() {
        claim(
            cases(
                [(4, 5), (2, 5), (3, 6), (3, 4), (5, 3), (15, 1)]
                    .map(|out| ((3, 5), out))
                    .into_iter()
                    .chain([((1, 5), (3, 5)), ((3, 1), (3, 5))]),
            )
            .and_random(|random| {
                let (p, q) = (random.usize(2..8), random.usize(2..8));
                let outs = [(p + 1, q), (p - 1, q), (p, q + 1), (p, q - 1)];
                ((p, q), outs[random.usize(..4)])
            })
            .label(|((p, q), (rows, columns))| {
                format!("{p} × {q} distances into an out of {rows} × {columns}")
            }),
            |&((p, q), out)| {
                let pairs = Pairs::of_numbers(p, q);
                let fill = |from: ArrayView2<f64>, to: ArrayView2<f64>, out: ArrayViewMut2<f64>| {
                    distances(|from, to| pairs.distance(from, to), from, to, out);
                };
                pairs.fill(fill); // An `out` that fits does not panic.
                let mut out = Array2::zeros(out);
                panics(|| fill(pairs.from.view(), pairs.to.view(), out.view_mut()))
            },
            |_, &panicked| {
                Mismatch::unless(
                    panicked,
                    "no panic",
                    "a panic: `Zip` refuses what does not fit, an iterator's `zip` stops at the shorter one",
                )
            },
        );
    }

    #[test]
    fn distances_go_straight_into_out() {
        // Both have the same number of rows, so a task for each row does not count as growth.
        const ROWS: usize = 16;
        let sizes = |q, layout| [((ROWS, 1), layout), ((ROWS, q), layout)];
        claim_growth(
            cases(
                [MatrixLayout::InRows]
                    .into_iter()
                    .chain(MatrixLayout::OTHERS)
                    .map(|layout| sizes(2_000, layout)),
            )
            .and_random(|random| sizes(random.usize(1_000..1_500), MatrixLayout::any(random)))
            .times(2)
            .label(|[_, ((p, q), layout)]| {
                format!("{p} × 1 and {p} × {q} pairs, all {}", layout.words())
            }),
            |&((p, q), layout), pool| {
                let pairs = Pairs::of_numbers(p, q).with_out(layout).with_points(layout);
                let distance = |from: ArrayView1<f64>, to: ArrayView1<f64>| from[0] - to[0];
                let mut least = None;
                pairs.fill(|from, to, mut out| {
                    least = Some(METER.measure_least(|| {
                        pool.install(|| distances(distance, from, to, out.view_mut()));
                    }));
                });
                least.expect("the table was filled")
            },
            |&((_, q), _)| 16 * q,
            "no copy of `out`, no list of pairs, no row on the side",
        );
    }

    #[test]
    fn fused_holds_wherever_it_is_called() {
        integral_of_samples(FUSED).claim_calls();
    }

    #[test]
    fn parallel_holds_wherever_it_is_called() {
        integral_of_samples(PARALLEL).claim_calls();
    }

    #[test]
    fn survey_holds_wherever_it_is_called() {
        survey_of_samples().claim_calls();
    }

    #[test]
    fn distances_hold_wherever_they_are_called() {
        distances_of_pairs().most(10_000).claim_calls();
    }

    #[track_caller]
    fn claim_surveys(cases: Cases<Heights>) {
        claim(
            cases.label(Heights::label),
            |at| answer(at, |x| at.height(x)),
            Heights::is_survey,
        );
    }

    #[track_caller]
    fn claim_distances(cases: Cases<Pairs>) {
        claim(
            cases.label(Pairs::label),
            |pairs| {
                let distance = |p: ArrayView1<f64>, q: ArrayView1<f64>| pairs.distance(p, q);
                pairs.fill(|from, to, out| distances(distance, from, to, out))
            },
            |pairs, out| pairs.are_distances(out),
        );
    }
}

mod concurrent {
    use super::*;

    const N: usize = 64;

    #[test]
    fn fused_stays_on_the_callers_thread() {
        // No other thread may share a RefCell: that this compiles is the proof.
        let calls = RefCell::new(0);
        let counted = |x| {
            *calls.borrow_mut() += 1;
            x
        };
        integrate_fused(counted, numbers(N).view(), 1.0);
        let calls = calls.into_inner();
        expect(calls == N, format!("n = {N}: {calls} calls of f"), N);
    }

    #[test]
    fn parallel_has_all_threads_of_the_pool_at_work() {
        integral_of_samples(PARALLEL).claim_sharing();
    }

    #[test]
    fn survey_has_all_threads_of_the_pool_at_work() {
        survey_of_samples().claim_sharing();
    }

    /// A call waits for a second thread, which is then in another row, or not there.
    #[test]
    fn a_row_of_distances_is_one_task() {
        claim(
            cases([(1, 16), (1, 3_000)])
                .and_random(|random| (2 * random.usize(1..3) + 1, 8))
                .times(2)
                .label(|(p, q)| format!("{p} × {q} pairs")),
            |&(p, q)| {
                let two = Rendezvous::forbid(2);
                let probe = Probe::with_rendezvous(two);
                let distance = |from: ArrayView1<f64>, to: ArrayView1<f64>| {
                    probe.call(from[0] as usize, || to[0])
                };
                let pairs = Pairs::of_numbers(p, q);
                pool_of_two()
                    .install(|| pairs.fill(|from, to, out| distances(distance, from, to, out)));
                let log = probe.log();
                let calls: BTreeSet<_> = log.items_and_threads().into_iter().collect();
                calls
                    .into_iter()
                    .map(|(&row, thread)| (row, thread))
                    .collect::<Vec<_>>()
            },
            |&(p, _), rows_and_threads| {
                (0..p).try_for_each(|row| {
                    let threads = rows_and_threads.iter().filter(|call| call.0 == row).count();
                    Mismatch::unless(
                        threads == 1,
                        format!("row {row} is computed by {threads} threads"),
                        "one row, one task: the rows are shared out, not the pairs",
                    )
                })
            },
        );
    }

    #[test]
    fn distances_have_all_threads_of_the_pool_at_work() {
        distances_of_pairs().claim_sharing();
    }

    #[test]
    fn many_rows_are_shared_out_as_well() {
        distances_of_rows(1).grain(2_000).claim_few_are_shared();
    }
}

/// The length of a turn, in samples. With 16 turns for each thread, even pieces of 5,000 samples, which the contract allows, keep
/// all threads at work for most of them.
const GRAIN: usize = 2_000;

/// In one layout after the other.
fn integral_of_samples(integral: Integral) -> ParallelFn<Case, f64> {
    ParallelFn::new(
        ["f", "sample"],
        |shape, random| {
            let layout = Layout::ALL[random.usize(..Layout::ALL.len())];
            Case::of_numbers(shape.calls, random).in_layout(layout)
        },
        Case::calls,
        move |case, kernel| {
            let f = |x: f64| kernel.call(x as usize, || case.height(x));
            case.integrate(integral, &f)
        },
        |case, &area| case.has_area(area),
    )
    .label(Case::label)
    .grain(GRAIN)
}

fn survey_of_samples() -> ParallelFn<Heights, Answer> {
    ParallelFn::new(
        ["f", "sample"],
        |shape, random| Heights::of(shape.calls, random),
        |at| at.weights.samples.n,
        |at, kernel| {
            answer(at, |x| {
                let number = at.weights.number_of(x);
                kernel.call(number, || at.height_of(number, x))
            })
        },
        Heights::is_survey,
    )
    .label(Heights::label)
    .grain(GRAIN)
}

/// Rows of four pairs, into an `out` in one layout after the other: code that shares out only what is contiguous is seen.
fn distances_of_pairs() -> ParallelFn<Pairs, Vec<f64>> {
    const COLUMNS: usize = 4;
    distances_of_rows(COLUMNS).grain(COLUMNS)
}

/// Rows of this many pairs.
fn distances_of_rows(columns: usize) -> ParallelFn<Pairs, Vec<f64>> {
    ParallelFn::new(
        ["distance", "pair"],
        move |shape, random| {
            let pairs = Pairs::of_numbers(shape.calls.div_ceil(columns), columns);
            pairs.with_out(MatrixLayout::any(random))
        },
        move |pairs| pairs.shape().0 * columns,
        move |pairs, kernel| {
            let distance = |from: ArrayView1<f64>, to: ArrayView1<f64>| {
                let number = from[0] as usize * columns + to[0] as usize;
                kernel.call(number, || pairs.distance(from, to))
            };
            pairs.fill(|from, to, out| distances(distance, from, to, out))
        },
        |pairs, out| pairs.are_distances(out),
    )
    .label(|pairs| format!("{}, counted row by row", pairs.label()))
}

/// Few samples and many, so that a list that grows shows.
const NO_GROWTH: [usize; 2] = [10, 30_000];

fn draw_sizes(random: &mut Rng) -> [usize; 2] {
    [random.usize(..100), random.usize(400_000..500_000)]
}

fn label_sizes([few, many]: &[usize; 2]) -> String {
    format!("n = {few} and n = {many}")
}

/// Claims that an integral allocates no more for many samples than for few.
#[track_caller]
fn claim_no_growth(call: impl Fn(&Case, &KnownPool) -> Allocations) {
    let of = |layout, sizes: [usize; 2]| sizes.map(|n| (layout, n));
    let of_one = |(layout, n): &(Layout, usize)| Case::parabola(*n).in_layout(*layout);
    let strided = [Layout::Column, Layout::Reversed, Layout::EveryOther];
    claim_growth(
        cases(
            [of(Layout::SideBySide, NO_GROWTH)]
                .into_iter()
                .chain(strided.map(|layout| of(layout, [10, 10_000]))),
        )
        .and_random(|random| {
            of(
                random.choice(Layout::ALL).expect("some"),
                draw_sizes(random),
            )
        })
        .times(2)
        .label(|[few, many]| format!("{}, and {}", of_one(few).label(), of_one(many).label())),
        |one, pool| call(&of_one(one), pool),
        |_| 0,
        NO_TEMPORARY,
    );
}

mod speed {
    use super::workloads;

    #[test]
    #[ignore = "needs the machine to itself: `cargo xtask check 05` runs it"]
    fn arrays_beside_loops() {
        testkit::paired::report(&workloads::all());
    }
}

fn answer(at: &Heights, f: impl Fn(f64) -> f64 + Sync) -> heights::Answer {
    let Samples { a, b, n } = at.weights.samples;
    let seen = survey(f, a, b, n);
    (seen.area, seen.lowest, seen.highest)
}
