//! The results as tables: for the terminal, for programs (JSON), for spreadsheets (CSV) and for CI (JUnit).
//!
//! Terminal, JSON and CSV are for the instructor. A CI may show JUnit to students, so it holds only what they may know.

pub mod csv;
pub mod json;
pub mod junit;
pub mod screen;

#[cfg(test)]
pub mod example;
