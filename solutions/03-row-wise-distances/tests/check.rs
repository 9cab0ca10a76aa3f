//! The exercise's own checks, run on the model solution.
extern crate solution_row_wise_distances as row_wise_distances;
#[path = "../../../exercises/03-row-wise-distances/tests/check.rs"]
mod check;
