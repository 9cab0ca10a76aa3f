//! Whole classes, graded by the real program in the real sandbox.

mod batch;
mod class;
