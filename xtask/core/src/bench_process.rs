//! Programs that run a lesson's workloads on request: all that is timed in turn.
//!
//! A lesson's speed test is such a program, built as for a release; [`Request`] has the conversation.

use std::time::Duration;

use anyhow::{Result, ensure};
use measure::protocol::{
    Allocations, Json, Listing, Prepared, Request, SimulatedRun, Timing, TracedRun, WorkloadInfo,
};
pub use measure::protocol::{CaseParams, Side};

use crate::process::JsonChild;
use crate::test_binary::{self, TestBinary};

/// The longest that one answer is waited for: a thousand times what a run of a right solution takes. What hangs is found by
/// `check`, sooner and in better words.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that runs workloads on request; ended when it is dropped. A request errs if the program ends, or does not answer
/// in time.
pub struct BenchProcess {
    conversation: JsonChild,
    /// How many threads can run at once here, by the system's account.
    pub cores_offered: usize,
    pub workloads: Vec<Workload>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Workload {
    pub index: usize,
    pub info: WorkloadInfo,
}

impl BenchProcess {
    /// Starts the program. `name` is what messages call it.
    pub fn start(checks: &TestBinary, name: &str) -> Result<Self> {
        let mut conversation = test_binary::serve(checks, name)?;
        let Listing { cores_offered, workloads } = conversation.ask(&Request::List, PATIENCE)?;
        let workloads = workloads.into_iter().enumerate();
        Ok(Self {
            conversation,
            cores_offered,
            workloads: workloads.map(|(index, info)| Workload { index, info }).collect(),
        })
    }

    /// Runs both sides once and compares their answers.
    ///
    /// # Errors
    ///
    /// The answers differ: what is wrong is not worth timing. Or the program ends, as one that panics does.
    pub fn prepare(&mut self, at: CaseParams) -> Result<Prepared> {
        let prepared = self.run_both_sides(at)?;
        ensure!(
            prepared.agree,
            "{}: the answer differs from that of the serial baseline, and what is wrong is not worth timing",
            prepared.name
        );
        Ok(prepared)
    }

    /// Runs both sides once.
    ///
    /// # Errors
    ///
    /// The program ends, or does not answer in time.
    pub fn run_both_sides(&mut self, at: CaseParams) -> Result<Prepared> {
        self.ask(Request::Prepare(at))
    }

    /// The seconds of one run, on average over `times` in a row.
    pub fn time(&mut self, at: CaseParams, side: Side, times: u32) -> Result<f64> {
        let timing: Timing = self.ask(Request::Time { side, times, at })?;
        Ok(timing.seconds)
    }

    /// The seconds of arithmetic that can scale, split over this many threads.
    pub fn time_control(&mut self, threads: usize) -> Result<f64> {
        let timing: Timing = self.ask(Request::TimeControl(threads))?;
        Ok(timing.seconds)
    }

    /// What a run of the subject allocates; `None` where nothing counts that.
    pub fn allocations(&mut self, at: CaseParams) -> Result<Option<Allocations>> {
        self.ask(Request::Allocations(at))
    }

    /// Which thread did what in a run of the subject; `None` if its runs cannot be traced.
    pub fn trace(&mut self, at: CaseParams) -> Result<Option<TracedRun>> {
        self.ask(Request::Trace(at))
    }

    /// What the tasks of the subject would take on several workers; `None` if its runs cannot be traced, or items wait for
    /// others.
    pub fn simulate(&mut self, at: CaseParams) -> Result<Option<SimulatedRun>> {
        self.ask(Request::Simulate(at))
    }

    fn ask<A: Json>(&mut self, request: Request) -> Result<A> {
        self.conversation.ask(&request, PATIENCE)
    }
}

impl Workload {
    /// At its usual parameters.
    pub fn usual(&self) -> CaseParams {
        CaseParams { workload: self.index, size: None, tasks: None, threads: None }
    }
}
