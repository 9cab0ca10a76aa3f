//! Tables on their way from one program to the other, and what is wrong with them.

use ndarray::{Array2, ArrayView1};
use testkit::{Mismatch, busy_work};

use crate::distance;
use crate::mistakes;

/// How many rows, how many columns, and the bits of all numbers row by row, since NaN and infinities may be right.
pub(super) type Table = (usize, usize, Vec<u64>);

pub(super) fn told(table: &Array2<f64>) -> Table {
    (table.nrows(), table.ncols(), bits(table))
}

pub(super) fn bits<'a>(numbers: impl IntoIterator<Item = &'a f64>) -> Vec<u64> {
    numbers.into_iter().map(|number| number.to_bits()).collect()
}

/// A second of work is 2,000 of these.
pub(super) fn half_milliseconds(count: usize) {
    (0..count).for_each(|_| busy_work(()));
}

/// Long enough to be seen from outside, on two threads as well.
pub(super) const HALF_MILLISECONDS: usize = 192;

/// Whether a table for `n` points holds what is expected in every place, to the last bit.
pub(super) fn holds(
    case: &str,
    n: usize,
    table: &Table,
    expected: impl Fn(usize, usize) -> f64,
) -> Result<(), Mismatch> {
    for (i, j, seen) in places(case, n, table)? {
        let expected = expected(i, j);
        Mismatch::unless(
            seen == expected || seen.is_nan() && expected.is_nan(),
            format!("{case}: row {i}, column {j} is {seen}"),
            expected,
        )?;
    }
    Ok(())
}

/// The numbers of a table for `n` points, each with its row and column.
pub(super) fn places(
    case: &str,
    n: usize,
    (rows, columns, bits): &Table,
) -> Result<impl Iterator<Item = (usize, usize, f64)>, Mismatch> {
    Mismatch::unless(
        (*rows, *columns, bits.len()) == (n, n, n * n),
        format!("{case}: a table of {rows} × {columns}"),
        format!("{n} × {n}"),
    )?;
    let places = bits.iter().enumerate();
    Ok(places.map(move |(place, &bits)| (place / n, place % n, f64::from_bits(bits))))
}

/// Whether `seen` is the distance from `p` to `q`, to rounding.
///
/// Squares of differences are off by three roundings of ε/2, adding d of them brings d − 1 more, and the root halves that
/// and rounds once more: (d + 4) · ε / 4. The reference errs as well, and the contract allows twice that.
pub(super) fn is_distance(
    case: impl Fn() -> String,
    seen: f64,
    p: ArrayView1<f64>,
    q: ArrayView1<f64>,
) -> Result<(), Mismatch> {
    let expected = distance(p, q);
    let tolerance = (p.len() + 4) as f64 * f64::EPSILON;
    let near = (seen - expected).abs() <= tolerance * expected;
    if seen == expected || near && expected.is_finite() || seen.is_nan() && expected.is_nan() {
        return Ok(());
    }
    let remark = mistakes::behind(seen, p, q).map_or(String::new(), |words| format!(": {words}"));
    Err(Mismatch {
        actual: format!("{}: {seen:?}{remark}", case()),
        expected: format!("{expected:?}, to a relative {tolerance:.0e}"),
    })
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, array};

    use super::*;

    #[test]
    fn a_distance_is_right_to_rounding_and_hides_nothing() {
        let (p, q) = (array![0.0, 0.0, 1.0], array![3.0, 4.0, 1.0]);
        let judged = |seen, p: &Array1<f64>, q: &Array1<f64>| {
            is_distance(|| "from p to q".to_owned(), seen, p.view(), q.view()).is_ok()
        };
        let right = [5.0, 5.0 + 4.0 * f64::EPSILON];
        assert!(right.into_iter().all(|seen| judged(seen, &p, &q)));
        let wrong = [5.0 + 1e-14, 25.0, -5.0, f64::NAN, f64::INFINITY];
        assert!(wrong.into_iter().all(|seen| !judged(seen, &p, &q)));
        for (odd, right) in [(f64::NAN, f64::NAN), (f64::INFINITY, f64::INFINITY)] {
            let q = array![odd, 4.0, 1.0];
            assert!(judged(right, &p, &q) && !judged(5.0, &p, &q), "{odd}");
        }
    }

    #[test]
    fn a_table_of_another_shape_holds_nothing() {
        let table = told(&array![[1.0, 2.0], [3.0, 4.0]]);
        let expected = |i, j| (2 * i + j + 1) as f64;
        assert_eq!(holds("2 points", 2, &table, expected), Ok(()));
        assert!(holds("3 points", 3, &table, expected).is_err());
        assert!(holds("2 points", 2, &(2, 2, Vec::new()), expected).is_err());
        assert!(holds("2 points", 2, &table, |_, _| 1.0).is_err());
    }
}
