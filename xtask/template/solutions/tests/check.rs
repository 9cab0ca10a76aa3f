//! The exercise's own checks, run on the model solution.
extern crate solution_a_new_lesson as a_new_lesson;
#[path = "../../../exercises/00-a-new-lesson/tests/check.rs"]
mod check;
