//! The exercise's own checks, run on the model solution.
extern crate solution_chunked_integration as chunked_integration;
#[path = "../../../exercises/02-chunked-integration/tests/check.rs"]
mod check;
