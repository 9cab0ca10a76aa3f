//! The runner, started as its users start it, on a copy of the course.

mod authoring;
mod course;
mod honest_failures;
mod keeping;
mod measuring;
mod progress;
mod readiness;
mod rebuilding;
mod screens;
mod student;
mod updating;
#[cfg(unix)]
mod watching;
