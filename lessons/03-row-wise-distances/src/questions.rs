//! What is asked of a submission that is graded: cases that nobody has seen, drawn anew for each.

mod by_pair;
mod by_row;
mod cloud;
mod row;
mod table;

use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut1};
use testkit::Examination;

/// What `distances_by_pair` is given.
pub type Distance<'a> = &'a (dyn Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync);

/// What `distances_by_row` is given.
pub type Fill<'a> = &'a (dyn Fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>) + Sync);

/// `distances_by_pair(points, distance)`.
pub type ByPair = fn(ArrayView2<f64>, Distance) -> Array2<f64>;

/// `row_of_distances(points, i, row)`.
pub type Row = fn(ArrayView2<f64>, usize, ArrayViewMut1<f64>);

/// `distances_by_row(points, fill)`.
pub type ByRow = fn(ArrayView2<f64>, Fill) -> Array2<f64>;

/// The questions to three functions.
pub fn declared(by_pair: ByPair, row: Row, by_row: ByRow) -> Examination {
    let questions = [
        by_pair::questions(by_pair),
        row::questions(row),
        by_row::questions(by_row, row),
    ];
    Examination::of(questions.into_iter().flatten())
}

/// The questions to the functions of a crate: `questions!(row_wise_distances)`.
#[macro_export]
macro_rules! questions {
    ($subject:ident) => {
        $crate::questions::declared(
            |points, distance| $subject::distances_by_pair(points, distance),
            |points, i, row| $subject::row_of_distances(points, i, row),
            |points, fill| $subject::distances_by_row(points, fill),
        )
    };
}
