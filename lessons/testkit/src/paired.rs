//! Is the subject faster than the serial baseline, here and now?
//!
//! On a shared machine one timing of each says little. So the arms are timed in rounds, each of them in every round, in
//! random order, and the ratio within a round is judged. Beside the serial baseline and the subject runs a *control*:
//! arithmetic on one thread and on all, which is known to scale. Where it does not, the machine has no second core to give
//! just now, and a subject that gains nothing is not to blame.
//!
//! | file | what lies there |
//! |---|---|
//! | `paired/rounds.rs` | which arm is timed when, and when to stop; [`measure::decision`] decides |
//! | `paired/control.rs` | the control |
//! | `paired/timing.rs` | a workload, timed on this machine |
//! | `paired/comparison.rs` | what was seen, in words and as a record |
//! | `paired/simulation.rs` | how often the decision errs: the table below |
//! | `paired/recorded.rs` | rounds that a real machine gave, and the decisions on them |
//!
//! # How often it errs
//!
//! By simulation of two cores, 2,000 comparisons a line (`cargo test -p testkit in_no_scenario -- --nocapture`; the test
//! holds every wrong judgement to 1 %). A judgement is wrong when a subject that gains nothing is called faster, or one that
//! gains 1.5 or more is called not faster.
//!
//! | the machine | gain of the subject | called faster | called not faster | cannot judge | rounds |
//! |---|---|---|---|---|---|
//! | quiet: runs differ by 2 % | 0.8 | 0 % | 100 % | 0 % | 7 |
//! | | 1.0 | 0 % | 100 % | 0 % | 7 |
//! | | 1.5 | 100 % | 0 % | 0 % | 7 |
//! | | 1.9 | 100 % | 0 % | 0 % | 7 |
//! | noise: runs differ by 20 % | 0.8 | 0 % | 89 % | 11 % | 23 |
//! | | 1.0 | **0.10 %** | 14 % | 86 % | 30 |
//! | | 1.5 | 98 % | 0 % | 2 % | 16 |
//! | | 1.9 | 100 % | 0 % | 0 % | 8 |
//! | its speed drifts by 30 % up and down | 0.8 | 0 % | 100 % | 0 % | 7 |
//! | | 1.0 | 0 % | 100 % | 0 % | 8 |
//! | | 1.5 | 100 % | 0 % | 0 % | 7 |
//! | | 1.9 | 100 % | 0 % | 0 % | 7 |
//! | spikes: every sixth run is held up | 0.8 | 0 % | 99 % | 1 % | 17 |
//! | | 1.0 | 0 % | 98 % | 2 % | 20 |
//! | | 1.5 | 100 % | 0 % | 0 % | 13 |
//! | | 1.9 | 100 % | 0 % | 0 % | 10 |
//! | a busy neighbour on one core | 0.8 | 0 % | 0 % | 100 % | 31 |
//! | | 1.0 | 0 % | 0 % | 100 % | 31 |
//! | | 1.5 | 37 % | 0 % | 63 % | 27 |
//! | | 1.9 | 96 % | 0 % | 4 % | 17 |
//! | a neighbour that comes and goes | 0.8 | 0 % | 18 % | 82 % | 28 |
//! | | 1.0 | 0 % | 20 % | 80 % | 28 |
//! | | 1.5 | 95 % | 0 % | 5 % | 16 |
//! | | 1.9 | 100 % | 0 % | 0 % | 10 |
//!
//! On a real machine, two cores of a shared x86-64 Linux one, 2026-11-22 (`cargo run -p testkit --example rounds --
//! parallel`, then `-- serial`): of 200 comparisons while other programs came and went, parallel code was called faster 73
//! times of 100 and serial code not faster 60 times of 100; beside an endless loop of another process, all 120 comparisons
//! ended with "cannot judge". No judgement was wrong.

mod comparison;
pub(crate) mod control;
#[cfg(test)]
mod recorded;
mod rounds;
#[cfg(test)]
mod simulation;
pub(crate) mod timing;

pub use comparison::Comparison;
pub use measure::{CONTROL_SCALED, Decision, FASTER_FROM, Interval, Reason};
pub use rounds::Round;
pub use timing::compare;

use std::{env, io};

use measure::protocol::names;

use crate::{Workload, record, server};

/// Compares each workload's subject with its serial baseline at its usual parameters, on all cores that the machine offers.
/// Prints a sentence for each, and records a line for the runner.
///
/// It informs and never judges: a slow subject does not fail. Where the environment variable [`names::SERVE`] is set, it runs
/// the workloads on request instead, so that every program with a speed tier can be timed beside others.
///
/// # Panics
///
/// If a subject's answer differs from the serial one, if the pool cannot be started, or if the line cannot be recorded.
///
/// ```
/// use testkit::{Parameter, BenchCase, Workload, paired};
/// use rayon::prelude::*;
///
/// let root = |i: usize| (i as f64).sqrt();
/// paired::report(&[Workload::new("square roots", Parameter::new("numbers", 100_000), move |at| {
///     BenchCase::new(
///         at.size as u64,
///         move || (0..at.size).map(root).sum::<f64>(),
///         move || (0..at.size).into_par_iter().map(root).sum::<f64>(),
///         |serial, subject| (serial - subject).abs() <= 1e-9 * serial,
///         |sum| *sum,
///     )
/// })]);
/// ```
pub fn report(workloads: &[Workload]) {
    if env::var_os(names::SERVE).is_some() {
        server::serve(workloads, io::stdin().lock(), io::stdout())
            .expect("the other side asks and listens");
        return;
    }
    for workload in workloads {
        let comparison =
            compare(workload).expect("the system starts as many threads as it has cores");
        println!("{comparison}");
        record::append(&comparison.record());
    }
}
