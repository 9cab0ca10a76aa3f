//! Points and kernels that nobody can foresee.

use fastrand::Rng;
use ndarray::{Array2, ArrayView1, ArrayView2};
use testkit::Mismatch;

use crate::layouts::in_every_layout;

/// Points, and a number from which the kernels draw.
#[derive(Debug)]
pub(super) struct Cloud {
    pub points: Array2<f64>,
    seed: u64,
}

impl Cloud {
    /// So many points with so many measurements, small, middling or large.
    pub fn of(n: usize, d: usize, random: &mut Rng) -> Self {
        let factor = 10_f64.powi(random.i32(-3..4));
        let points = Array2::from_shape_simple_fn((n, d), || factor * (random.f64() - 0.5));
        let seed = random.u64(..);
        Self { points, seed }
    }

    /// A few points, sometimes none, with a few measurements, sometimes none.
    pub fn small(random: &mut Rng) -> Self {
        let (n, d) = (few(random), few(random));
        Self::of(n, d, random)
    }

    /// What `work` makes of the points in each layout, the standard one first.
    pub fn in_layouts<R>(&self, mut work: impl FnMut(ArrayView2<f64>) -> R) -> Vec<R> {
        let mut results = vec![work(self.points.view())];
        in_every_layout(&self.points, |_, points| results.push(work(points)));
        results
    }

    /// Judges what was made of the points in each layout, with the case in words.
    ///
    /// # Errors
    ///
    /// The first fault, or that it is not one for each layout.
    pub fn judge_layouts<R>(
        &self,
        results: &[R],
        judge: impl Fn(&str, &R) -> Result<(), Mismatch>,
    ) -> Result<(), Mismatch> {
        let mut cases = vec![self.words()];
        in_every_layout(&self.points, |layout, _| {
            cases.push(format!("{}, {layout}", self.words()));
        });
        let seen = format!("{}: {} results", self.words(), results.len());
        Mismatch::unless(results.len() == cases.len(), seen, "one for each layout")?;
        let mut judged = cases.iter().zip(results);
        judged.try_for_each(|(case, result)| judge(case, result))
    }

    pub fn words(&self) -> String {
        let (n, d) = self.points.dim();
        format!("{n} points × {d}")
    }

    /// No distance, but a number that knows the way there from the way back.
    pub fn between(&self, p: ArrayView1<f64>, q: ArrayView1<f64>) -> f64 {
        let bits = p.iter().chain(q).map(|x| x.to_bits());
        word(bits.fold(self.seed, |seed, bits| {
            (seed ^ bits).wrapping_mul(ODD).rotate_left(29)
        }))
    }

    /// The same for the points of these numbers.
    pub fn between_numbers(&self, i: usize, j: usize) -> f64 {
        self.between(self.points.row(i), self.points.row(j))
    }

    /// What is to stand in row i, column j of a table that is filled.
    pub fn filling(&self, i: usize, j: usize) -> f64 {
        word(self.seed ^ ((i << 16) + j) as u64)
    }
}

/// Up to seven; none in three cases of ten.
pub(super) fn few(random: &mut Rng) -> usize {
    random.usize(..10).saturating_sub(2)
}

/// Spreads the bits of a number over all 64: 2⁶⁴ divided by the golden ratio, made odd.
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// A number, now and then NaN or infinite.
fn word(seed: u64) -> f64 {
    let mut random = Rng::with_seed(seed);
    match random.u8(..32) {
        0 => f64::NAN,
        1 => f64::INFINITY,
        _ => random.f64(),
    }
}
