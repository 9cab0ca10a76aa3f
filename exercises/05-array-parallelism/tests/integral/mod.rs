//! What the integrals over an array promise, whichever function computes them.

use std::hint::black_box;
use std::sync::Mutex;

use fastrand::Rng;
use lesson::{f, integrate_loop, samples};
use ndarray::{Array1, Array2, ArrayView1, s};
use testkit::{Allocations, Cases, Mismatch, ODD_NUMBERS, cases, claim, exclusive};

use super::{FEW, METER};

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
    /// Every third height or so, if it is drawn.
    odd: Option<f64>,
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
            odd: None,
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
            odd: None,
        }
    }

    /// 100 samples, and an odd height at one in three.
    pub fn with_odd_heights(odd: f64, random: &mut Rng) -> Self {
        Self {
            name: format!("100 random samples, f is {odd:e} at one in three"),
            odd: Some(odd),
            ..Self::of(100, random)
        }
    }

    /// x² − x at 100 samples, one of which is odd itself.
    pub fn with_odd_sample(odd: f64, random: &mut Rng) -> Self {
        let mut case = Self::parabola(100);
        let place = random.usize(1..100);
        case.name = format!("{}, but sample {place} is {odd:e}", case.name);
        case.xs[place] = odd;
        case
    }

    /// Without a width, nothing is left but what is no number.
    pub fn without_width(self) -> Self {
        Self {
            name: format!("{}, dx = 0", self.name),
            dx: 0.0,
            ..self
        }
    }

    /// Heights so small that each by itself, times dx, is 0.
    pub fn vanishing(n: usize, dx: f64) -> Self {
        let x = f64::from_bits(1);
        Self {
            name: format!("x² − x, n = {n} at {x:e}, dx = {dx}"),
            xs: Array1::from_elem(n, x),
            dx,
            ..Self::parabola(0)
        }
    }

    /// x² − x, of which the difference of two sums would lose digits: all x are close to 1.
    pub fn near_1() -> Self {
        let n = 100_000;
        Self {
            name: format!("x² − x, n = {n} close to 1"),
            xs: (0..n).map(|i| 1.0 + i as f64 * 1e-12).collect(),
            dx: 1.0,
            ..Self::parabola(n)
        }
    }

    /// `n` samples, each of which is its own number.
    pub fn of_numbers(n: usize, random: &mut Rng) -> Self {
        Self {
            name: format!("the samples 0..{n}"),
            xs: numbers(n),
            ..Self::of(0, random)
        }
    }

    pub fn in_layout(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    pub fn calls(&self) -> usize {
        self.xs.len()
    }

    pub fn height(&self, x: f64) -> f64 {
        let Some(seed) = self.seed else { return f(x) };
        let height = 1.0 + Rng::with_seed(seed ^ x.to_bits()).f64();
        self.odd.filter(|_| height < 4.0 / 3.0).unwrap_or(height)
    }

    pub fn label(&self) -> String {
        match self.layout {
            Layout::SideBySide => self.name.clone(),
            layout => format!("{}, {}", self.name, layout.words()),
        }
    }

    pub fn with_view<R>(&self, f: impl FnOnce(ArrayView1<f64>) -> R) -> R {
        self.layout.with_view(&self.xs, f)
    }

    pub fn integrate(&self, integral: Integral, f: &(dyn Fn(f64) -> f64 + Sync)) -> f64 {
        self.with_view(|xs| integral(f, xs, self.dx))
    }

    /// Adding n numbers is off by less than n · ε/2 of the sum of their absolute values; two sums are less than n · ε apart. The
    /// 16 are for dx, and 2 · ε for the rounding of x² and of x² − x. Near 0, where numbers are multiples of the smallest, a product
    /// is off by up to half of it: for dx times the sums of pieces of 64 and more.
    pub fn has_area(&self, area: f64) -> Result<(), Mismatch> {
        let (xs, n) = (self.xs.view(), self.xs.len());
        let height = |x: f64| self.height(x);
        let expected = integrate_loop(height, xs, self.dx);
        let sum = integrate_loop(|x| height(x).abs(), xs, self.dx.abs());
        let terms = integrate_loop(|x| x * x + x.abs(), xs, self.dx.abs());
        let tolerance = f64::EPSILON * ((n + 16) as f64 * sum + 2.0 * terms)
            + (n / 64) as f64 * f64::from_bits(1);
        let without = n > 2 && (area * self.dx - expected).abs() <= tolerance;
        let remark = match without {
            true => ", as if dx were not multiplied in",
            false => "",
        };
        Mismatch::unless(
            (area - expected).abs() <= tolerance && expected.is_finite()
                || area == expected
                || area.is_nan() && expected.is_nan(),
            format!("{area:?}{remark}"),
            match expected.is_finite() {
                true => format!(
                    "{expected:?}, to {tolerance:.0e}: f64 sums come so close, f32 sums do not"
                ),
                false => format!("{expected:?}: such a height must show in the area"),
            },
        )
    }
}

/// Whatever the samples and dx are.
#[track_caller]
pub fn calls_f_once_for_each_sample(integral: Integral) {
    let odd = vec![f64::NAN, 1.0, 1.0, f64::INFINITY, 1.0];
    let samples = [1, 7, 1000].map(|n| (numbers(n).to_vec(), 1.0)).into_iter();
    let widths = [0.0, 1.0, f64::INFINITY, f64::NAN];
    let steps = widths.map(|dx| (odd.clone(), dx));
    claim(
        cases(samples.chain(steps))
            .and_random(|random| {
                let mut xs = numbers(random.usize(..2000)).to_vec();
                if let Some(x) = random.choice(&mut xs).filter(|_| random.bool()) {
                    *x = f64::NAN;
                }
                (xs, widths[random.usize(..widths.len())])
            })
            .label(|(xs, dx)| match xs.len() {
                5 => format!("xs = {xs:?}, dx = {dx}"),
                n if xs.iter().any(|x| x.is_nan()) => format!("n = {n}, one x is NaN, dx = {dx}"),
                n => format!("n = {n}, dx = {dx}"),
            }),
        |(xs, dx)| record(|f| integral(&f, ArrayView1::from(xs), *dx)),
        |(xs, _), called| {
            let sort = |xs: &[f64]| {
                let mut xs = xs.to_vec();
                xs.sort_by(f64::total_cmp);
                xs
            };
            let (called, xs) = (sort(called), sort(xs));
            let differ = |place: &usize| {
                called.get(*place).map(|x| x.to_bits()) != xs.get(*place).map(|x| x.to_bits())
            };
            let unlike = (0..called.len().max(xs.len())).find(differ);
            let seen = unlike.map_or_else(String::new, |place| {
                match (called.get(place), xs.get(place)) {
                    (Some(x), None) => format!("a call too many of f, at x = {x}"),
                    (Some(x), Some(next)) if x.total_cmp(next).is_lt() => {
                        format!("a call too many of f, at x = {x}")
                    }
                    (_, x) => format!("a call of f is missing, at x = {}", x.unwrap_or(&f64::NAN)),
                }
            });
            Mismatch::unless(unlike.is_none(), seen, "one call of f for each sample")
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
    let ordinary = [1, 3, 1000, 100_000].map(Case::parabola).into_iter();
    let special = [Case::near_1(), Case::vanishing(1024, 0.25)];
    claim_areas(
        integral,
        cases(ordinary.chain(special)).and_random(|random| match random.u8(..6) {
            0 => Case::vanishing(random.usize(500..2_000), 0.1 + 0.3 * random.f64()),
            _ => draw(random),
        }),
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

#[track_caller]
pub fn hides_no_odd_height(integral: Integral) {
    claim_odd(integral, Case::with_odd_heights);
}

#[track_caller]
pub fn hides_no_odd_sample(integral: Integral) {
    claim_odd(integral, Case::with_odd_sample);
}

/// With each odd number, in cases with a width and without.
#[track_caller]
fn claim_odd(integral: Integral, draw: fn(f64, &mut Rng) -> Case) {
    let drawn = ODD_NUMBERS.map(|odd| draw(odd, &mut Rng::with_seed(5)));
    let without_width = drawn.clone().map(Case::without_width);
    claim_areas(
        integral,
        cases(drawn.into_iter().chain(without_width)).and_random(|random| {
            let case = draw(ODD_NUMBERS[random.usize(..ODD_NUMBERS.len())], random);
            match random.bool() {
                true => case,
                false => case.without_width(),
            }
        }),
    );
}

/// Claims that each call of an integral, over samples in any layout, allocates this many bytes for each sample, and at most
/// [`FEW`] besides.
#[track_caller]
pub fn allocates(integral: Integral, bytes_a_sample: usize, reason: &str) {
    claim_allocated(
        cases(Layout::ALL.map(|layout| Case::parabola(25_000).in_layout(layout)))
            .and_random(|random| {
                let layout = Layout::ALL[random.usize(..Layout::ALL.len())];
                Case::parabola(random.usize(15_000..25_000)).in_layout(layout)
            })
            .times(2)
            .label(Case::label),
        |case| {
            case.with_view(|xs| METER.measure_least(|| _ = black_box(integral(&f, xs, case.dx))))
        },
        |case| bytes_a_sample * case.calls(),
        reason,
    );
}

/// Claims that a call allocates what is expected, in bytes, and at most [`FEW`] besides, in at most four blocks.
#[track_caller]
fn claim_allocated(
    cases: Cases<Case>,
    call: impl Fn(&Case) -> Allocations,
    expected: impl Fn(&Case) -> usize,
    reason: &str,
) {
    exclusive(|| {
        claim(
            cases,
            |case| {
                let Allocations { bytes, count, .. } = call(case);
                (bytes, count)
            },
            |case, &(bytes, blocks)| {
                let expected = expected(case);
                Mismatch::unless(
                    (expected..=expected + FEW).contains(&bytes) && blocks <= 4,
                    format!("{bytes} bytes allocated, in {blocks} blocks"),
                    format!("{expected}, and at most {FEW} more: {reason}"),
                )
            },
        );
    });
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
        x
    });
    called.into_inner().unwrap()
}
