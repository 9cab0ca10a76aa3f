//! The exercise's own checks, run on the model solution.
extern crate solution_refactor_to_map as refactor_to_map;
#[path = "../../../exercises/01-refactor-to-map/tests/check.rs"]
mod check;
