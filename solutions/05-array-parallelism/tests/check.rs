//! The exercise's own checks, run on the model solution.
extern crate solution_array_parallelism as array_parallelism;
#[path = "../../../exercises/05-array-parallelism/tests/check.rs"]
mod check;
