//! Tables and rows as answers, and what is wrong with them.

use approx::relative_eq;
use lesson::{distance, mistakes};
use ndarray::{Array2, ArrayView2};
use testkit::{Mismatch, coverage};

use super::cloud::Cloud;

/// The shape of a table and its numbers, row by row.
pub type Table = ((usize, usize), Vec<f64>);

pub fn table(numbers: &Array2<f64>) -> Table {
    (numbers.dim(), numbers.iter().copied().collect())
}

pub fn same(seen: f64, expected: f64) -> bool {
    seen == expected || seen.is_nan() && expected.is_nan()
}

/// Whether each of 0..n is among the indices exactly once; `done` says of what, as in "row 3 is never filled".
pub fn each_once(
    n: usize,
    indices: &[usize],
    [thing, done]: [&str; 2],
    expected: &str,
) -> Result<(), Mismatch> {
    coverage(n, indices.iter().copied()).map_err(|fault| Mismatch {
        actual: fault
            .to_string()
            .replace("sample", thing)
            .replace("evaluated", done),
        expected: expected.to_owned(),
    })
}

/// The table, if it has a row and a column for each point.
pub fn square<'a>(
    cloud: &Cloud,
    (shape, numbers): &'a Table,
) -> Result<ArrayView2<'a, f64>, Mismatch> {
    let n = cloud.points.nrows();
    let seen = format!("a table of {} × {}", shape.0, shape.1);
    let expected = format!("{n} × {n}: a row and a column for each point, whatever it measures");
    Mismatch::unless(*shape == (n, n) && numbers.len() == n * n, &seen, &expected)?;
    ArrayView2::from_shape(*shape, numbers).map_err(|_| Mismatch {
        actual: seen,
        expected,
    })
}

/// Whether the table holds what is expected in every place, to the last bit.
pub fn holds(
    cloud: &Cloud,
    table: &Table,
    expected_at: impl Fn(usize, usize) -> f64,
) -> Result<(), Mismatch> {
    for ((i, j), &seen) in square(cloud, table)?.indexed_iter() {
        let (expected, mirrored) = (expected_at(i, j), expected_at(j, i));
        let remark = match seen {
            _ if seen == mirrored => format!(", which belongs to row {j}, column {i}"),
            0.0 => ", as if it had never been written".to_owned(),
            _ => String::new(),
        };
        let seen_there = format!("row {i}, column {j} is {seen}{remark}");
        Mismatch::unless(same(seen, expected), seen_there, expected)?;
    }
    Ok(())
}

/// Squares of differences are off by three roundings of ε/2, adding d of them brings d − 1 more, and the root halves
/// that and rounds once more: (d + 4) · ε / 4. The reference errs as well, and the contract allows twice that.
fn rounding(d: usize) -> f64 {
    (d + 4) as f64 * f64::EPSILON
}

/// Whether the rows hold the distances between all points of the cloud, to rounding.
pub fn are_distances(cloud: &Cloud, rows: &[Vec<f64>]) -> Result<(), Mismatch> {
    let (n, tolerance) = (cloud.points.nrows(), rounding(cloud.points.ncols()));
    let complete = rows.len() == n && rows.iter().all(|row| row.len() == n);
    Mismatch::unless(
        complete,
        "a place is missing",
        "a row for each point, and a place for each",
    )?;
    for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))) {
        let (here, there, seen) = (cloud.points.row(i), cloud.points.row(j), rows[i][j]);
        let expected = distance(here, there);
        let near = relative_eq!(seen, expected, epsilon = 0.0, max_relative = tolerance);
        if near || same(seen, expected) {
            continue;
        }
        let mistake = mistakes::mistake_behind(seen, here, there);
        let remark = mistake.map_or_else(String::new, |words| format!(": {words}"));
        return Err(Mismatch {
            actual: format!("from point {i} to point {j} {seen:?}{remark}"),
            expected: format!("{expected:?}, to a relative {tolerance:.0e}"),
        });
    }
    Ok(())
}
