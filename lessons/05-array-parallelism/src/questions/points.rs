//! Points and distances that nobody can foresee, in memory in one way or another.

use fastrand::Rng;
use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut2, s};
use testkit::Mismatch;

/// From `p` points to `q` points.
#[derive(Debug)]
pub(super) struct Points {
    pub from: Array2<f64>,
    pub to: Array2<f64>,
    out_lies: Layout,
    points_lie: Layout,
    seed: u64,
}

/// How an array lies in memory.
#[derive(Clone, Copy, Debug)]
pub(super) enum Layout {
    InRows,
    InColumns,
    InEveryOtherColumn,
    Backwards,
}

impl Points {
    /// A few points, sometimes none, with a few measurements, sometimes none.
    pub fn drawn(random: &mut Rng) -> Self {
        let few = |random: &mut Rng| random.usize(..10).saturating_sub(2);
        let (p, q, m) = (few(random), few(random), few(random));
        Self::measured(p, q, m, random)
    }

    /// So many points, with a measurement at least.
    pub fn of(p: usize, q: usize, random: &mut Rng) -> Self {
        let m = random.usize(1..5);
        Self::measured(p, q, m, random)
    }

    fn measured(p: usize, q: usize, m: usize, random: &mut Rng) -> Self {
        let mut points = |n| Array2::from_shape_simple_fn((n, m), || random.f64());
        let (from, to) = (points(p), points(q));
        let mut layout = || {
            use Layout::{Backwards, InColumns, InEveryOtherColumn, InRows};
            [InRows, InColumns, InEveryOtherColumn, Backwards][random.usize(..4)]
        };
        Self {
            from,
            to,
            out_lies: layout(),
            points_lie: layout(),
            seed: random.u64(..),
        }
    }

    /// The same with an `out` that lies so.
    pub fn into(self, out_lies: Layout) -> Self {
        Self { out_lies, ..self }
    }

    /// How many points, and to how many.
    pub fn pairs(&self) -> (usize, usize) {
        (self.from.nrows(), self.to.nrows())
    }

    /// No distance, but a number that knows the way there from the way back, now and then NaN or infinite.
    pub fn between(&self, p: ArrayView1<f64>, q: ArrayView1<f64>) -> f64 {
        let bits = p.iter().chain(q).map(|x| x.to_bits());
        let seed = bits.fold(self.seed, |seed, bits| {
            (seed ^ bits).wrapping_mul(ODD).rotate_left(29)
        });
        let mut random = Rng::with_seed(seed);
        match random.u8(..32) {
            0 => f64::NAN,
            1 => f64::INFINITY,
            _ => random.f64(),
        }
    }

    /// The number of a point of `from`.
    pub fn number(&self, p: ArrayView1<f64>) -> Option<usize> {
        self.from.rows().into_iter().position(|row| row == p)
    }

    /// What `fill(from, to, out)` writes, row by row, as bits, since NaN may be right. Before it, all is NaN.
    pub fn filled(
        &self,
        fill: impl Fn(ArrayView2<f64>, ArrayView2<f64>, ArrayViewMut2<f64>),
    ) -> Vec<u64> {
        let (p, q) = self.pairs();
        let mut out = Array2::from_elem((p, q), f64::NAN);
        let mut held = self.out_lies.of(&out);
        let [mut from, mut to] = [&self.from, &self.to].map(|points| self.points_lie.of(points));
        fill(
            self.points_lie.view(&mut from).view(),
            self.points_lie.view(&mut to).view(),
            self.out_lies.view(&mut held),
        );
        out.assign(&self.out_lies.view(&mut held));
        out.iter().map(|x| x.to_bits()).collect()
    }

    /// Whether `out` holds the distances of all pairs, to the last bit.
    pub fn are_distances(&self, out: &[u64]) -> Result<(), Mismatch> {
        let (p, q) = self.pairs();
        let seen = format!("{}: {} numbers", self.words(), out.len());
        Mismatch::unless(out.len() == p * q, seen, p * q)?;
        for (place, &bits) in out.iter().enumerate() {
            let (i, j, seen) = (place / q, place % q, f64::from_bits(bits));
            let expected = self.between(self.from.row(i), self.to.row(j));
            Mismatch::unless(
                seen == expected || seen.is_nan() && expected.is_nan(),
                format!("{}: out[{i}, {j}] is {seen}", self.words()),
                expected,
            )?;
        }
        Ok(())
    }

    pub fn words(&self) -> String {
        format!(
            "{} × {} points × {}, out {:?}, points {:?}",
            self.from.nrows(),
            self.to.nrows(),
            self.from.ncols(),
            self.out_lies,
            self.points_lie
        )
    }
}

/// Spreads the bits of a number over all 64: 2⁶⁴ divided by the golden ratio, made odd.
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

impl Layout {
    /// An array whose [`view`](Self::view) is `array`.
    fn of(self, array: &Array2<f64>) -> Array2<f64> {
        let (rows, columns) = array.dim();
        match self {
            Self::InRows => array.clone(),
            Self::InColumns => array.t().as_standard_layout().into_owned(),
            Self::InEveryOtherColumn => {
                let mut wide = Array2::from_elem((rows, 2 * columns), NEVER_TO_BE_SEEN);
                wide.slice_mut(s![.., ..;2]).assign(array);
                wide
            }
            Self::Backwards => array
                .slice(s![..;-1, ..;-1])
                .as_standard_layout()
                .into_owned(),
        }
    }

    fn view(self, array: &mut Array2<f64>) -> ArrayViewMut2<'_, f64> {
        match self {
            Self::InRows => array.view_mut(),
            Self::InColumns => array.view_mut().reversed_axes(),
            Self::InEveryOtherColumn => array.slice_mut(s![.., ..;2]),
            Self::Backwards => array.slice_mut(s![..;-1, ..;-1]),
        }
    }
}

/// Stands between the numbers of a view.
const NEVER_TO_BE_SEEN: f64 = 1e9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_every_layout_the_array_is_seen_and_what_is_written_is_told() {
        let mut random = Rng::with_seed(5);
        for _ in 0..100 {
            let points = Points::drawn(&mut random);
            let told = points.filled(|from, to, mut out| {
                assert_eq!((from, to), (points.from.view(), points.to.view()));
                let (p, q) = points.pairs();
                for (i, j) in (0..p).flat_map(|i| (0..q).map(move |j| (i, j))) {
                    out[[i, j]] = points.between(points.from.row(i), points.to.row(j));
                }
            });
            assert_eq!(points.are_distances(&told), Ok(()), "{}", points.words());
        }
    }

    #[test]
    fn the_way_back_is_another_number() {
        let mut random = Rng::with_seed(5);
        let points = Points::of(1, 1, &mut random);
        let back = points.between(points.to.row(0), points.from.row(0));
        assert!(points.are_distances(&[back.to_bits()]).is_err());
        assert!(points.are_distances(&[]).is_err());
    }
}
