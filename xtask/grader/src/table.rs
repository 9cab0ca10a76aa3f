//! The results as tables: for the terminal, for programs, for a spreadsheet and for a CI's test report.
//!
//! The terminal, JSON and CSV are the instructor's. JUnit is shown by a CI to whoever may look there, so it has what a
//! student may know and nothing more.

pub mod csv;
pub mod json;
pub mod junit;
pub mod screen;

#[cfg(test)]
pub mod example;
