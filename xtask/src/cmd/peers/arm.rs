//! One of those that take turns: what it takes to run it.

use std::cell::Cell;

use serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Rust,
    Python,
}

impl Language {
    pub fn word(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::Python => "python",
        }
    }
}

/// Who is asked to run something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    Model,
    Yours,
    Python,
}

/// One way to do a job, on one number of threads.
#[derive(Clone, Debug)]
pub struct Run {
    pub program: Program,
    pub threads: usize,
    /// What the program is asked, but for how often.
    pub request: Value,
    /// The seconds of a first run: that of which the answer was compared, or the one after it.
    pub first: f64,
    /// Whether the next single run is that one, since all that is asked is how long one takes.
    pub known: Cell<bool>,
}

impl Run {
    /// That nobody has run yet.
    pub fn at(program: Program, threads: usize) -> Self {
        Self {
            program,
            threads,
            request: Value::Null,
            first: 0.0,
            known: Cell::new(false),
        }
    }

    pub fn language(&self) -> Language {
        match self.program {
            Program::Model | Program::Yours => Language::Rust,
            Program::Python => Language::Python,
        }
    }
}
