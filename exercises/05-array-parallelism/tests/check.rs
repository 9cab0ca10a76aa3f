//! The contract of lesson 05: on which cases, what is called, what must hold.

mod heights;
mod integral;
mod pairs;
mod workloads;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Mutex;

use array_parallelism::{
    distances, integrate_expression, integrate_fused, integrate_parallel, survey,
};
use heights::Heights;
use integral::*;
use lesson::f;
use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut2};
use pairs::Pairs;
use testkit::{
    AllocationMeter, Allowance, Cases, Mismatch, Probe, RandomIntegrand, Rendezvous, Samples,
    busy_calls, busy_work, cases, claim, claim_allocations, claim_overlap, claim_own_pool,
    coverage, expect, panics, pool_of_two,
};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

// The integrals over an array keep nearly one contract, so they share their claims.
const EXPRESSION: Integral = |_, xs, dx| integrate_expression(xs, dx);
const FUSED: Integral = |f, xs, dx| integrate_fused(f, xs, dx);
const PARALLEL: Integral = |f, xs, dx| integrate_parallel(f, xs, dx);

/// Bytes that no temporary array fits into; they leave room for what the test harness allocates now and then.
const FEW: usize = 8_192;
/// Bytes for the queues of the pool, which do not grow with the number of samples.
const FEW_IN_PARALLEL: usize = 65_536;

const NO_TEMPORARY: &str = "no temporary array or list: each height goes straight into a sum";

mod correct {
    use super::*;

    #[test]
    fn expression_agrees_with_the_loop() {
        agrees_with_the_loop(EXPRESSION, Case::any_parabola);
    }

    #[test]
    fn expression_makes_one_temporary_and_no_second() {
        allocates_at_most(
            EXPRESSION,
            |n| 8 * n + FEW,
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
    fn fused_makes_no_temporary() {
        allocates_at_most(FUSED, |_| FEW, NO_TEMPORARY);
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
    fn parallel_makes_no_temporary() {
        allocates_at_most(PARALLEL, |_| FEW_IN_PARALLEL, NO_TEMPORARY);
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
    fn survey_makes_no_array() {
        claim_allocations(
            cases([100_000])
                .and_random(|random| random.usize(15_000..25_000))
                .times(2)
                .label(|n| format!("n = {n}")),
            |&n| pool_of_two().install(|| METER.measure(|| survey(f, 0.0, 2.0, n)).1),
            |_| Allowance::Bytes(FEW_IN_PARALLEL),
            "no array: each x is computed from its index, and each height goes straight into the survey",
        );
    }

    #[test]
    fn distances_go_from_the_rows_of_from_to_the_rows_of_to() {
        let shapes = [(1, 1), (3, 3), (3, 5), (7, 2)];
        claim_distances(cases(shapes.map(|(p, q)| Pairs::of_numbers(p, q))));
    }

    #[test]
    fn distances_call_distance_once_for_each_pair() {
        claim(
            cases([(7, 5)])
                .and_random(|random| (random.usize(..10), random.usize(..10)))
                .label(|(p, q)| format!("{p} × {q} pairs, counted row by row")),
            |&(p, q)| {
                let called = Mutex::new(Vec::new());
                let distance = |from: ArrayView1<f64>, to: ArrayView1<f64>| {
                    let pair = from[0] as usize * q + to[0] as usize;
                    called.lock().unwrap().push(pair);
                    0.0
                };
                Pairs::of_numbers(p, q).fill(|from, to, out| distances(distance, from, to, out));
                called.into_inner().unwrap()
            },
            |&(p, q), called| {
                coverage(p * q, called.iter().copied()).map_err(|fault| Mismatch {
                    actual: fault.to_string().replace("sample", "pair"),
                    expected:
                        "one call of distance for each pair, each from a row of `from` to a row of `to`"
                            .to_owned(),
                })
            },
        );
    }

    #[test]
    fn distances_fill_an_out_that_is_not_contiguous() {
        let others = pairs::MatrixLayout::OTHERS;
        let outs = others.map(|layout| Pairs::of_numbers(3, 5).with_out(layout));
        claim_distances(cases(outs).and_random(Pairs::any));
    }

    #[test]
    fn distances_read_points_that_are_not_contiguous() {
        let others = pairs::MatrixLayout::OTHERS;
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
            cases([(4, 5), (2, 5), (3, 6), (3, 4)].map(|out| ((3, 5), out)))
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
        claim_allocations(
            cases([(20, 20_000)])
                .and_random(|random| (random.usize(10..20), random.usize(1_500..2_000)))
                .times(2)
                .label(|(p, q)| format!("{p} × {q} pairs")),
            |&(p, q)| {
                let (pairs, mut out) = (Pairs::of_numbers(p, q), Array2::zeros((p, q)));
                let distance = |from: ArrayView1<f64>, to: ArrayView1<f64>| from[0] - to[0];
                let (from, to, out) = (pairs.from.view(), pairs.to.view(), out.view_mut());
                let call = || distances(distance, from, to, out);
                pool_of_two().install(|| METER.measure(call).1)
            },
            |_| Allowance::Bytes(FEW_IN_PARALLEL),
            "no copy of `out`, no list of pairs, no row on the side",
        );
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
    fn parallel_has_two_threads_inside_f_at_once() {
        has_two_threads_inside_f_at_once(PARALLEL, Layout::SideBySide);
    }

    #[test]
    fn parallel_shares_out_a_column_as_well() {
        has_two_threads_inside_f_at_once(PARALLEL, Layout::Column);
    }

    #[test]
    fn parallel_uses_no_more_threads_than_the_callers_pool() {
        claim_own_pool(
            cases([N])
                .and_random(|random| random.usize(32..96))
                .times(1)
                .label(|n| format!("n = {n}")),
            |&n, probe| {
                integrate_parallel(|x| probe.call((), || f(x)), numbers(n).view(), 1.0);
            },
        );
    }

    #[test]
    fn survey_has_two_threads_inside_f_at_once() {
        claim_overlap(
            cases([Heights::parabola(0.0, 2.0, N)])
                .and_random(|random| Heights::of(busy_calls(random), random))
                .times(1)
                .label(Heights::label),
            |at| at.weights.samples.n,
            |at, gate| pool_of_two().install(|| answer(at, |x| gate.call(|| at.height(x)))),
            Heights::is_survey,
        );
    }

    #[test]
    fn survey_uses_no_more_threads_than_the_callers_pool() {
        claim_own_pool(
            cases([N])
                .and_random(|random| random.usize(32..96))
                .times(1)
                .label(|n| format!("n = {n}")),
            |&n, probe| {
                survey(|x| probe.call((), || f(x)), 0.0, 2.0, n);
            },
        );
    }

    /// Into an `out` that lies in columns: code that shares out only what is contiguous is seen.
    #[test]
    fn distances_have_two_rows_under_way_at_once() {
        let transposed = |pairs: Pairs| pairs.with_out(pairs::MatrixLayout::Transposed);
        claim_overlap(
            cases([(8, 8), (2, 32)].map(|(p, q)| transposed(Pairs::of_numbers(p, q))))
                .and_random(|random| {
                    transposed(Pairs::at_random(
                        2 * (busy_calls(random) / 16),
                        8,
                        3,
                        random,
                    ))
                })
                .times(1)
                .label(Pairs::label),
            |pairs| pairs.shape().0 * pairs.shape().1,
            |pairs, gate| {
                let distance =
                    |p: ArrayView1<f64>, q: ArrayView1<f64>| gate.call(|| pairs.distance(p, q));
                let fill = |from: ArrayView2<f64>, to: ArrayView2<f64>, out: ArrayViewMut2<f64>| {
                    pool_of_two().install(|| distances(distance, from, to, out));
                };
                pairs.fill(fill)
            },
            |pairs, out| pairs.are_distances(out),
        );
    }

    #[test]
    fn distances_use_no_more_threads_than_the_callers_pool() {
        claim_own_pool(
            cases([16])
                .and_random(|random| random.usize(8..24))
                .times(1)
                .label(|n| format!("{n} × 4 pairs")),
            |&n, probe| {
                let distance =
                    |p: ArrayView1<f64>, q: ArrayView1<f64>| probe.call((), || p[0] - q[0]);
                Pairs::of_numbers(n, 4).fill(|from, to, out| distances(distance, from, to, out));
            },
        );
    }

    /// A call waits for a second thread, which is then in another row, or not there.
    #[test]
    fn a_row_of_distances_is_one_task() {
        claim(
            cases([(1, 16)])
                .and_random(|random| (2 * random.usize(1..3) + 1, 8))
                .times(2)
                .label(|(p, q)| format!("{p} × {q} pairs")),
            |&(p, q)| {
                let two = Rendezvous::forbid(2);
                let probe = Probe::with_rendezvous(two);
                let distance = |from: ArrayView1<f64>, to: ArrayView1<f64>| {
                    probe.call(from[0] as usize, || busy_work(to[0]))
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
