//! The exercise's own checks, run on the model solution.
extern crate solution_worker_processes as worker_processes;
#[path = "../../../exercises/06-worker-processes/tests/check.rs"]
mod check;
