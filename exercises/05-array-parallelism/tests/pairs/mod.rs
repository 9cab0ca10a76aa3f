//! Points as cases, and distances that tell from which point to which they go.

use fastrand::Rng;
use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut2, s};
use testkit::Mismatch;

/// Points to go from, points to go to, and how they and `out` lie in memory.
#[derive(Clone)]
pub struct Pairs {
    pub from: Array2<f64>,
    pub to: Array2<f64>,
    points_lie: MatrixLayout,
    out_lies: MatrixLayout,
    factor: f64,
}

/// How a table lies in memory.
#[derive(Clone, Copy, PartialEq)]
pub enum MatrixLayout {
    InRows,
    Transposed,
    EveryOtherColumn,
    LastRowFirst,
    Reversed,
}

impl MatrixLayout {
    pub const OTHERS: [Self; 4] = [
        Self::Transposed,
        Self::EveryOtherColumn,
        Self::LastRowFirst,
        Self::Reversed,
    ];

    pub fn any(random: &mut Rng) -> Self {
        let other = Self::OTHERS.get(random.usize(..=Self::OTHERS.len()));
        other.copied().unwrap_or(Self::InRows)
    }

    /// Memory whose [`view`](Self::view) is `table`.
    fn lay_out(self, table: &Array2<f64>) -> Array2<f64> {
        let (rows, columns) = table.dim();
        let mut memory = match self {
            Self::Transposed => Array2::zeros((columns, rows)),
            Self::EveryOtherColumn => Array2::from_elem((rows, 2 * columns), OUTSIDE_THE_VIEW),
            _ => Array2::zeros((rows, columns)),
        };
        self.view(&mut memory).assign(table);
        memory
    }

    fn view(self, memory: &mut Array2<f64>) -> ArrayViewMut2<'_, f64> {
        match self {
            Self::InRows => memory.view_mut(),
            Self::Transposed => memory.view_mut().reversed_axes(),
            Self::EveryOtherColumn => memory.slice_mut(s![.., ..;2]),
            Self::LastRowFirst => memory.slice_mut(s![..;-1, ..]),
            Self::Reversed => memory.slice_mut(s![..;-1, ..;-1]),
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::InRows => "in rows",
            Self::Transposed => "transposed",
            Self::EveryOtherColumn => "every other column",
            Self::LastRowFirst => "from the last row to the first",
            Self::Reversed => "reversed",
        }
    }
}

/// Stands between the numbers of a view.
const OUTSIDE_THE_VIEW: f64 = 1e9;

impl Pairs {
    /// From `p` points to `q` points, which are their own numbers, with a zero after it.
    pub fn of_numbers(p: usize, q: usize) -> Self {
        let points =
            |n| Array2::from_shape_fn((n, 2), |(i, k)| if k == 0 { i as f64 } else { 0.0 });
        Self::new(points(p), points(q))
    }

    /// From `p` points to `q` points of `m` random measurements.
    pub fn at_random(p: usize, q: usize, m: usize, random: &mut Rng) -> Self {
        let mut points = |n| Array2::from_shape_simple_fn((n, m), || random.f64());
        let pairs = Self::new(points(p), points(q));
        let factor = 1.0 + 10.0 * random.f64();
        Self { factor, ..pairs }
    }

    /// Up to seven points on each side, in any layout, with up to seven measurements, of which one may be NaN or infinite. In every third
    /// case there are as many points on both sides.
    pub fn any(random: &mut Rng) -> Self {
        let mut few = || random.usize(..10).saturating_sub(2);
        let (p, mut q, m) = (few(), few(), few());
        if random.u8(..3) == 0 {
            q = p;
        }
        let mut pairs = Self::at_random(p, q, m, random);
        if p * m > 0 && random.bool() {
            let place = [random.usize(..p), random.usize(..m)];
            pairs.from[place] = [f64::NAN, f64::INFINITY][random.usize(..2)];
        }
        Self {
            points_lie: MatrixLayout::any(random),
            out_lies: MatrixLayout::any(random),
            ..pairs
        }
    }

    fn new(from: Array2<f64>, to: Array2<f64>) -> Self {
        Self {
            from,
            to,
            points_lie: MatrixLayout::InRows,
            out_lies: MatrixLayout::InRows,
            factor: 10.0,
        }
    }

    pub fn with_points(self, points_lie: MatrixLayout) -> Self {
        Self { points_lie, ..self }
    }

    pub fn with_out(self, out_lies: MatrixLayout) -> Self {
        Self { out_lies, ..self }
    }

    /// How many points, and to how many.
    pub fn shape(&self) -> (usize, usize) {
        (self.from.nrows(), self.to.nrows())
    }

    pub fn label(&self) -> String {
        let (p, q) = self.shape();
        let points = match (self.from.ncols(), self.points_lie) {
            (0, _) => ", no measurements".to_owned(),
            (_, MatrixLayout::InRows) => String::new(),
            (_, layout) => format!(", points {}", layout.words()),
        };
        format!("{p} × {q} distances, out {}{points}", self.out_lies.words())
    }

    /// In place of a distance: 10 · i + j from point i to point j that are numbered.
    ///
    /// It depends on every measurement, and is not symmetric, so that the way there is told from the way back.
    pub fn distance(&self, from: ArrayView1<f64>, to: ArrayView1<f64>) -> f64 {
        let value = |p: ArrayView1<f64>| p.iter().rev().fold(0.0, |sum, x| x + sum / 2.0);
        match from.is_empty() {
            true => self.factor,
            false => self.factor * value(from) + value(to),
        }
    }

    /// What `fill(from, to, out)` writes, row by row. Before it, all is NaN.
    pub fn fill(
        &self,
        fill: impl FnOnce(ArrayView2<f64>, ArrayView2<f64>, ArrayViewMut2<f64>),
    ) -> Vec<f64> {
        let unwritten = Array2::from_elem(self.shape(), f64::NAN);
        let mut out = self.out_lies.lay_out(&unwritten);
        let [mut from, mut to] =
            [&self.from, &self.to].map(|points| self.points_lie.lay_out(points));
        fill(
            self.points_lie.view(&mut from).view(),
            self.points_lie.view(&mut to).view(),
            self.out_lies.view(&mut out),
        );
        self.out_lies.view(&mut out).iter().copied().collect()
    }

    /// Whether these are the distances of all pairs, row by row, to the last bit.
    pub fn are_distances(&self, out: &[f64]) -> Result<(), Mismatch> {
        let (p, q) = self.shape();
        let places = || (0..p).flat_map(|i| (0..q).map(move |j| (i, j)));
        let between = |i, j| self.distance(self.from.row(i), self.to.row(j));
        Mismatch::unless(out.len() == p * q, format!("{} numbers", out.len()), p * q)?;
        for ((i, j), &seen) in places().zip(out) {
            let expected = between(i, j);
            if seen == expected || seen.is_nan() && expected.is_nan() {
                continue;
            }
            let words = match places().find(|&(k, l)| between(k, l) == seen) {
                _ if seen.is_nan() => "is never written".to_owned(),
                Some((k, l)) => format!("is the distance from {k} to {l}"),
                None => format!("is {seen}"),
            };
            return Err(Mismatch {
                actual: format!("out[{i}, {j}] {words}"),
                expected: format!("{expected}, the distance from {i} to {j}"),
            });
        }
        Ok(())
    }
}
