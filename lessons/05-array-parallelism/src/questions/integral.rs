//! What is asked of the three integrals of an array.

use fastrand::Rng;
use ndarray::{Array1, Array2, ArrayView1, s};
use testkit::{Mismatch, Question, busy_calls, busy_work, pool_of_two};

use super::{NEXT_TO_NOTHING, ROOM, Subject, allocated};
use crate::{f, integrate_loop};

pub(super) fn questions(subject: Subject) -> Vec<Question> {
    let Subject {
        integrate_expression,
        integrate_fused,
        integrate_parallel,
        ..
    } = subject;
    vec![
        Question::new(
            "the expression is the sum of x² − x, times dx, from any view of the samples",
            Case::drawn,
            move |case| case.in_views(|xs| integrate_expression(xs, case.dx)),
            |case, areas| case.are_areas(areas, f),
        ),
        Question::of_bytes(
            "the expression makes one temporary array and no second",
            |random| Case::of(random.usize(5_000..10_000), random),
            move |case| allocated(|| integrate_expression(case.xs.view(), case.dx)),
            |case| (case.words(), 8 * case.xs.len() + NEXT_TO_NOTHING),
        ),
        Question::new(
            "the fused integral is the sum of f, called once for each sample, times dx, from any view",
            Case::drawn,
            move |case| case.in_views(|xs| integrate_fused(&|x| case.height(x), xs, case.dx)),
            |case, areas| case.are_areas(areas, |x| case.height(x)),
        ),
        Question::of_bytes(
            "the fused integral allocates nothing",
            |random| Case::of(random.usize(5_000..10_000), random),
            move |case| allocated(|| integrate_fused(&f, case.xs.view(), case.dx)),
            |case| (case.words(), NEXT_TO_NOTHING),
        ),
        Question::new(
            "the parallel integral is the sum of f, called once for each sample, times dx, from any view",
            Case::drawn,
            move |case| {
                let f = |x| case.height(x);
                let pool = pool_of_two();
                case.in_views(|xs| pool.install(|| integrate_parallel(&f, xs, case.dx)))
            },
            |case, areas| case.are_areas(areas, |x| case.height(x)),
        ),
        Question::of_bytes(
            "the parallel integral makes no temporary array",
            |random| Case::of(random.usize(15_000..25_000), random),
            move |case| {
                let pool = pool_of_two();
                allocated(|| pool.install(|| integrate_parallel(&f, case.xs.view(), case.dx)))
            },
            |case| (case.words(), ROOM),
        ),
        Question::of_threads(
            "the parallel integral uses no more threads than the caller's pool",
            |random| Case::of(64, random),
            move |case, probe| {
                let watched = |x| probe.call((), || case.height(x));
                integrate_parallel(&watched, case.xs.view(), case.dx);
            },
        ),
        Question::in_company(
            "the parallel integral of a column works on two samples at the same time",
            |random| Case::of(busy_calls(random), random),
            |case| case.xs.len(),
            move |case, company| {
                let slow = |x| company.call(|| busy_work(case.height(x)));
                let beside = case.beside_others();
                let column = beside.column(1);
                pool_of_two().install(|| integrate_parallel(&slow, column, case.dx))
            },
            |case, area| case.is_area("a column", *area, |x| case.height(x)),
        ),
    ]
}

/// Samples, and heights that nobody can foresee.
#[derive(Debug)]
struct Case {
    xs: Array1<f64>,
    dx: f64,
    seed: u64,
}

impl Case {
    /// Few samples as often as many, none in a quarter of the cases.
    fn drawn(random: &mut Rng) -> Self {
        let n = match random.u8(..6) {
            0 => 0,
            _ => random.usize(..=2_000) >> random.u32(..12),
        };
        Self::of(n, random)
    }

    fn of(n: usize, random: &mut Rng) -> Self {
        Self {
            xs: Array1::from_shape_simple_fn(n, || 10.0 * random.f64() - 5.0),
            dx: random.f64() - 0.5,
            seed: random.u64(..),
        }
    }

    /// Between 1 and 2.
    fn height(&self, x: f64) -> f64 {
        1.0 + Rng::with_seed(self.seed ^ x.to_bits()).f64()
    }

    /// What `integral` makes of each view of the samples, in the order of [`VIEWS`].
    fn in_views(&self, integral: impl Fn(ArrayView1<f64>) -> f64) -> Vec<f64> {
        let beside = self.beside_others();
        let reversed: Array1<f64> = self.xs.iter().rev().copied().collect();
        let among_others = self.xs.iter().flat_map(|&x| [x, f64::NAN]);
        let among_others: Array1<f64> = among_others.collect();
        vec![
            integral(self.xs.view()),
            integral(beside.column(1)),
            integral(reversed.slice(s![..;-1])),
            integral(among_others.slice(s![..;2])),
        ]
    }

    /// The samples as column 1 of a matrix.
    fn beside_others(&self) -> Array2<f64> {
        let mut beside = Array2::from_elem((self.xs.len(), 3), f64::NAN);
        beside.column_mut(1).assign(&self.xs);
        beside
    }

    fn are_areas(&self, areas: &[f64], height: impl Fn(f64) -> f64) -> Result<(), Mismatch> {
        let seen = format!("{}: {} areas", self.words(), areas.len());
        Mismatch::unless(areas.len() == VIEWS.len(), seen, VIEWS.len())?;
        let mut areas = VIEWS.into_iter().zip(areas);
        areas.try_for_each(|(view, &area)| self.is_area(view, area, &height))
    }

    /// Adding n numbers is off by less than n · ε/2 of the sum of their absolute values. The 16 are for their own rounding and
    /// for dx.
    fn is_area(&self, view: &str, area: f64, height: impl Fn(f64) -> f64) -> Result<(), Mismatch> {
        let expected = integrate_loop(&height, self.xs.view(), self.dx);
        // Of x² − x that of the terms, which may be larger.
        let absolute = |x: f64| height(x).abs() + x * x + x.abs();
        let absolute = integrate_loop(absolute, self.xs.view(), self.dx.abs());
        let tolerance = (self.xs.len() + 16) as f64 * f64::EPSILON * absolute;
        Mismatch::unless(
            (area - expected).abs() <= tolerance,
            format!("{}, {view}: {area}", self.words()),
            format!("{expected}, to {tolerance:.0e}"),
        )
    }

    fn words(&self) -> String {
        format!("{} random samples, dx = {}", self.xs.len(), self.dx)
    }
}

const VIEWS: [&str; 4] = [
    "side by side in memory",
    "the column of a matrix",
    "from the last to the first",
    "every other element",
];
