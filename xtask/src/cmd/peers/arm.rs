//! One of those that take turns: what it takes to run it.

use std::cell::Cell;

use measure::protocol::{Language, PythonCase};
use xtask_core::bench_process::{CaseParams, Side};

/// What runs: one side of a workload in one of the programs.
#[derive(Clone, Debug, PartialEq)]
pub enum Program {
    Model(CaseParams, Side),
    Yours(CaseParams),
    /// The way of this name.
    Python(String, PythonCase),
}

/// One way to do a job, on one number of threads.
#[derive(Clone, Debug)]
pub struct Run {
    pub program: Program,
    pub threads: usize,
    /// The seconds of a first run: that of which the answer was compared, or the one after it.
    pub first: f64,
    /// Whether the next single run is that one, since all that is asked is how long one takes.
    pub known: Cell<bool>,
}

impl Run {
    /// One whose first run took this many seconds.
    pub fn new(program: Program, threads: usize, first: f64) -> Self {
        Self { program, threads, first, known: Cell::new(false) }
    }

    pub fn language(&self) -> Language {
        match self.program {
            Program::Model(..) | Program::Yours(_) => Language::Rust,
            Program::Python(..) => Language::Python,
        }
    }
}
