//! The exercise's own checks, run on the model solution.
extern crate solution_thread_control as thread_control;
#[path = "../../../exercises/04-thread-control/tests/check.rs"]
mod check;
