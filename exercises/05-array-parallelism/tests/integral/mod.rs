//! What the integrals over an array promise, whichever function computes them.

use std::sync::Mutex;

use fastrand::Rng;
use lesson::{f, integrate_loop, samples};
use ndarray::{Array1, Array2, ArrayView1, s};
use testkit::{
    Allowance, Cases, Mismatch, PairingGate, busy_calls, cases, claim, claim_allocations,
    claim_overlap, coverage, pool_of_two,
};

use super::METER;

/// `integrate(f, xs, dx)`.
pub type Integral = fn(&(dyn Fn(f64) -> f64 + Sync), ArrayView1<f64>, f64) -> f64;

/// Samples, the step between them, and a function to integrate.
#[derive(Clone)]
pub struct Case {
    name: String,
    xs: Array1<f64>,
    dx: f64,
    layout: Layout,
    /// What the heights are drawn from; without it they are x² − x.
    seed: Option<u64>,
}

/// How samples lie in memory.
#[derive(Clone, Copy, PartialEq)]
pub enum Layout {
    SideBySide,
    Column,
    Reversed,
    EveryOther,
}

impl Layout {
    pub const ALL: [Self; 4] = [
        Self::SideBySide,
        Self::Column,
        Self::Reversed,
        Self::EveryOther,
    ];

    /// What `f` returns for a view of `xs` that lie in memory in this way, with NaN between them.
    fn with_view<R>(self, xs: &Array1<f64>, f: impl FnOnce(ArrayView1<f64>) -> R) -> R {
        let n = xs.len();
        match self {
            Self::SideBySide => f(xs.view()),
            Self::Column => {
                let mut beside = Array2::from_elem((n, 3), f64::NAN);
                beside.column_mut(1).assign(xs);
                f(beside.column(1))
            }
            Self::Reversed => {
                let reversed: Array1<f64> = xs.iter().rev().copied().collect();
                f(reversed.slice(s![..;-1]))
            }
            Self::EveryOther => {
                let mut among_others = Array1::from_elem(2 * n, f64::NAN);
                among_others.slice_mut(s![..;2]).assign(xs);
                f(among_others.slice(s![..;2]))
            }
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::SideBySide => "side by side in memory",
            Self::Column => "the column of a matrix",
            Self::Reversed => "from the last to the first",
            Self::EveryOther => "every other element",
        }
    }
}

impl Case {
    /// x² − x from 1 to 3, where no height is negative.
    pub fn parabola(n: usize) -> Self {
        Self {
            name: format!("x² − x, n = {n} from 1 to 3"),
            xs: samples(1.0, 3.0, n),
            dx: 2.0 / n.max(1) as f64,
            layout: Layout::SideBySide,
            seed: None,
        }
    }

    /// Few samples as often as many, none in a quarter of the cases, in any layout.
    pub fn any(random: &mut Rng) -> Self {
        let n = match random.u8(..6) {
            0 => 0,
            _ => random.usize(..=2_000) >> random.u32(..12),
        };
        Self::of(n, random).in_layout(Layout::ALL[random.usize(..Layout::ALL.len())])
    }

    /// Any samples, with x² − x as the function.
    pub fn any_parabola(random: &mut Rng) -> Self {
        let case = Self::any(random);
        Self {
            name: format!("x² − x, {}", case.name),
            seed: None,
            ..case
        }
    }

    /// `n` samples, and heights between 1 and 2.
    pub fn of(n: usize, random: &mut Rng) -> Self {
        let dx = random.f64() - 0.5;
        Self {
            name: format!("{n} random samples, dx = {dx}"),
            xs: Array1::from_shape_simple_fn(n, || 10.0 * random.f64() - 5.0),
            dx,
            layout: Layout::SideBySide,
            seed: Some(random.u64(..)),
        }
    }

    pub fn in_layout(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    fn height(&self, x: f64) -> f64 {
        match self.seed {
            Some(seed) => 1.0 + Rng::with_seed(seed ^ x.to_bits()).f64(),
            None => f(x),
        }
    }

    fn label(&self) -> String {
        match self.layout {
            Layout::SideBySide => self.name.clone(),
            layout => format!("{}, {}", self.name, layout.words()),
        }
    }

    fn integrate(&self, integral: Integral, f: &(dyn Fn(f64) -> f64 + Sync)) -> f64 {
        self.layout
            .with_view(&self.xs, |xs| integral(f, xs, self.dx))
    }

    /// Adding n numbers is off by less than n · ε/2 of the sum of their absolute values; two sums are less than n · ε apart. The
    /// 16 are for dx, and 2 · ε for the rounding of x² and of x² − x.
    fn has_area(&self, area: f64) -> Result<(), Mismatch> {
        let (xs, n) = (self.xs.view(), self.xs.len());
        let height = |x: f64| self.height(x);
        let expected = integrate_loop(height, xs, self.dx);
        let sum = integrate_loop(|x| height(x).abs(), xs, self.dx.abs());
        let terms = integrate_loop(|x| x * x + x.abs(), xs, self.dx.abs());
        let tolerance = f64::EPSILON * ((n + 16) as f64 * sum + 2.0 * terms);
        let without = n > 2 && (area * self.dx - expected).abs() <= tolerance;
        let remark = match without {
            true => ", as if dx were not multiplied in",
            false => "",
        };
        Mismatch::unless(
            (area - expected).abs() <= tolerance,
            format!("{area}{remark}"),
            format!("{expected}, to {tolerance:.0e}: f64 sums come so close, f32 sums do not"),
        )
    }
}

#[track_caller]
pub fn calls_f_once_for_each_sample(integral: Integral) {
    claim(
        cases([1, 7, 1000])
            .and_random(|random| random.usize(..2000))
            .label(|n| format!("n = {n}")),
        |&n| record(|f| integral(&f, numbers(n).view(), 1.0)),
        |&n, xs| {
            let indices = xs.iter().map(|&x| x as usize);
            coverage(n, indices).map_err(|fault| Mismatch {
                actual: fault.to_string(),
                expected: "one call of f for each sample".to_owned(),
            })
        },
    );
}

/// Sums of quarters are exact, so whatever is lost or added too much shows as what it is.
#[track_caller]
pub fn is_the_sum_times_dx(integral: Integral) {
    let (n, dx) = (1024, 0.25);
    claim(
        cases([0.0, 1.0]).label(|height| format!("f = {height}, n = {n}, dx = {dx}")),
        |&height| integral(&|_| height, numbers(n).view(), dx),
        |&height, &area| {
            let sum = height * n as f64;
            let expected = sum * dx;
            let advice = match () {
                () if area == sum => "multiply the sum by dx",
                () if area == expected * dx => "multiply dx in once",
                () if area > expected => "every piece of a sum starts from 0",
                () => "no piece of the sum may be missing",
            };
            Mismatch::unless(area == expected, area, format!("{expected}; {advice}"))
        },
    );
}

#[track_caller]
pub fn agrees_with_the_loop(integral: Integral, draw: fn(&mut Rng) -> Case) {
    claim_areas(
        integral,
        cases([1, 3, 1000, 100_000].map(Case::parabola)).and_random(draw),
    );
}

#[track_caller]
pub fn takes_a_view_that_is_not_contiguous(integral: Integral) {
    let others = [Layout::Column, Layout::Reversed, Layout::EveryOther];
    claim_areas(
        integral,
        cases(others.map(|layout| Case::parabola(100).in_layout(layout))),
    );
}

#[track_caller]
pub fn over_no_sample_is_zero(integral: Integral) {
    claim_areas(
        integral,
        cases(Layout::ALL.map(|layout| Case::parabola(0).in_layout(layout))),
    );
}

/// Claims that an integral allocates at most this many bytes, with the number of samples as an argument.
#[track_caller]
pub fn allocates_at_most(integral: Integral, allowed: fn(usize) -> usize, reason: &str) {
    claim_allocations(
        cases([100_000])
            .and_random(|random| random.usize(15_000..25_000))
            .times(2)
            .label(|n| format!("n = {n}")),
        |&n| {
            let (case, pool) = (Case::parabola(n), pool_of_two());
            pool.install(|| METER.measure(|| case.integrate(integral, &f)).1)
        },
        |&n| Allowance::Bytes(allowed(n)),
        reason,
    );
}

/// Claims that calls of f overlap, for samples in this layout.
#[track_caller]
pub fn has_two_threads_inside_f_at_once(integral: Integral, layout: Layout) {
    claim_overlap(
        cases([Case::parabola(64).in_layout(layout)])
            .and_random(move |random| Case::of(busy_calls(random), random).in_layout(layout))
            .times(1)
            .label(Case::label),
        |case| case.xs.len(),
        |case, gate: &PairingGate| {
            let f = |x| gate.call(|| case.height(x));
            pool_of_two().install(|| case.integrate(integral, &f))
        },
        |case, &area| case.has_area(area),
    );
}

#[track_caller]
fn claim_areas(integral: Integral, cases: Cases<Case>) {
    claim(
        cases.label(Case::label),
        |case| case.integrate(integral, &|x| case.height(x)),
        |case, &area| case.has_area(area),
    );
}

/// 0, 1, 2, …
pub fn numbers(n: usize) -> Array1<f64> {
    (0..n).map(|i| i as f64).collect()
}

/// Every x at which f is called.
pub fn record<R>(integral: impl FnOnce(&(dyn Fn(f64) -> f64 + Sync)) -> R) -> Vec<f64> {
    let called = Mutex::new(Vec::new());
    integral(&|x| {
        called.lock().unwrap().push(x);
        1.0
    });
    called.into_inner().unwrap()
}
