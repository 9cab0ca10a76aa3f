//! Points as cases, and kernels whose results tell for which points they were called.

use fastrand::Rng;
use lesson::layouts::Layout;
use ndarray::{Array2, ArrayView1, ArrayView2};

/// Points in a layout, and a factor for the kernels.
#[derive(Clone)]
pub struct Cloud {
    name: String,
    pub points: Array2<f64>,
    pub layout: Layout,
    pub factor: f64,
}

impl Cloud {
    pub fn new(points: Array2<f64>) -> Self {
        let (n, d) = points.dim();
        Self {
            name: format!("{n} points × {d}"),
            points,
            layout: Layout::Standard,
            factor: 10.0,
        }
    }

    /// `n` points of `d` measurements: each point's own number, then zeros.
    pub fn of_numbers(n: usize, d: usize) -> Self {
        let number = |(i, k)| if k == 0 { i as f64 } else { 0.0 };
        Self::new(Array2::from_shape_fn((n, d), number))
    }

    /// Numbered points, with a factor that is drawn.
    pub fn numbered_at_random(n: usize, d: usize, random: &mut Rng) -> Self {
        Self {
            factor: random_factor(random),
            ..Self::of_numbers(n, d)
        }
    }

    /// `n` points of `d` measurements, small, middling or large.
    pub fn of(n: usize, d: usize, random: &mut Rng) -> Self {
        let size = 10_f64.powi(random.i32(-3..4));
        let points = Array2::from_shape_simple_fn((n, d), || size * (random.f64() - 0.5));
        Self {
            factor: random_factor(random),
            ..Self::new(points)
        }
    }

    /// Up to eleven points, sometimes none, in any layout: ordinary ones, points close to each other, and points with
    /// measurements that are NaN, infinite or so large that their squares are.
    pub fn any(random: &mut Rng) -> Self {
        let n = random.usize(..14).saturating_sub(2);
        // Few measurements are all a rest, where sums are made of lanes.
        let d = random.usize(..10).saturating_sub(2) * random.usize(1..6);
        let mut cloud = Self::of(n, d, random);
        match random.u8(..4) {
            0 if n > 0 => {
                let first = cloud.points.row(0).to_owned();
                for mut point in cloud.points.rows_mut() {
                    point.zip_mut_with(&first, |x, &near| *x = near + 1e-9 * random.f64());
                }
            }
            1 if n * d > 0 => {
                for _ in 0..random.usize(1..4) {
                    let place = [random.usize(..n), random.usize(..d)];
                    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e200];
                    cloud.points[place] = odd[random.usize(..odd.len())];
                }
            }
            _ => {}
        }
        cloud.in_any_layout(random)
    }

    /// The same points under this name.
    pub fn with_name(self, name: &str) -> Self {
        let name = name.to_owned();
        Self { name, ..self }
    }

    pub fn in_layout(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    pub fn in_any_layout(self, random: &mut Rng) -> Self {
        self.in_layout(Layout::ALL[random.usize(..Layout::ALL.len())])
    }

    /// The same points in every layout but the standard one.
    pub fn in_other_layouts(self) -> impl Iterator<Item = Self> {
        let others = Layout::ALL
            .into_iter()
            .filter(|&layout| layout != Layout::Standard);
        others.map(move |layout| self.clone().in_layout(layout))
    }

    pub fn label(&self) -> String {
        match self.layout {
            Layout::Standard => self.name.clone(),
            layout => format!("{}, {layout}", self.name),
        }
    }

    pub fn with_view<R>(&self, f: impl FnOnce(ArrayView2<f64>) -> R) -> R {
        self.layout.with_view(&self.points, f)
    }

    /// In place of a distance: 10 · i + j for points i and j that are numbered.
    ///
    /// It depends on every measurement, and is not symmetric, so that a pair is told from its mirror image.
    pub fn distance(&self, p: ArrayView1<f64>, q: ArrayView1<f64>) -> f64 {
        let value = |p: ArrayView1<f64>| p.iter().rev().fold(0.0, |sum, x| x + sum / 2.0);
        match p.is_empty() {
            true => self.factor,
            false => self.factor * value(p) + value(q),
        }
    }

    /// What [`between`](Self::between) gives for points `i` and `j`.
    pub fn between_numbers(&self, i: usize, j: usize) -> f64 {
        self.distance(self.points.row(i), self.points.row(j))
    }

    /// What is written to row i, column j of a table that is filled: 10 · i + j, unless the factor is drawn.
    pub fn filling(&self, i: usize, j: usize) -> f64 {
        self.factor * i as f64 + j as f64
    }
}

/// Now and then infinite or NaN: what a kernel gives is not for the code under test to judge.
fn random_factor(random: &mut Rng) -> f64 {
    match random.u8(..16) {
        0 => f64::NAN,
        1 => f64::INFINITY,
        _ => 100.0 * random.f64(),
    }
}
