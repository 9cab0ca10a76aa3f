//! One workload's rounds. What takes seconds a run is not run as often as what takes milliseconds.

use anyhow::Result;
use xtask_core::bench_process::Workload;
use xtask_core::process::InterruptGuard;
use xtask_core::rounds::{self, Arm, Taken};
use xtask_core::ui::Working;

use super::arm::Run;
use super::sides::Sides;
use crate::cli::Args;
use crate::cmd::measuring;

/// How often arms are timed.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    pub rounds: usize,
    /// An arm whose first run takes longer than this, in seconds, is slow.
    slow: f64,
    /// A slow arm's rounds: the first ones. With none, its first run is its time.
    rounds_of_slow: usize,
}

impl Patience {
    pub fn from_args(args: &Args) -> Self {
        let (slow, rounds_of_slow) = if args.has("quick") { (0.7, 0) } else { (1.0, 3) };
        Self { rounds: measuring::rounds(args), slow, rounds_of_slow }
    }
}

/// What can do a workload, timed.
pub struct Raced {
    /// The workload's, with its size.
    pub name: String,
    pub arms: Vec<Arm<Run>>,
    pub taken: Taken,
}

/// Times everything that can do one workload.
///
/// # Errors
///
/// An answer is wrong, or a program ends, and that is not because the user interrupted.
pub fn race(
    workload: &Workload,
    sides: &mut Sides,
    patience: Patience,
    working: &Working,
    guard: &InterruptGuard,
) -> Result<Raced> {
    let (name, mut arms) = sides.prepare(workload, working)?;
    let is_slow = |arm: &Arm<Run>| arm.run.first > patience.slow;
    arms.sort_by_key(is_slow);
    let fast = arms.partition_point(|arm| !is_slow(arm));

    let mut take = |arms: &mut [Arm<Run>], rounds| {
        // Each has run already, when its answer was compared.
        arms.iter().for_each(|arm| arm.run.known.set(true));
        rounds::take(arms, rounds, working, guard, |run, times| {
            if run.known.replace(false) {
                return Ok(run.first);
            }
            sides.time(run, times)
        })
    };
    let mut taken = take(&mut arms, patience.rounds_of_slow)?;
    if taken == Taken::All {
        let (fast, slow) = arms.split_at_mut(fast);
        for arm in slow.iter_mut().filter(|arm| arm.seconds.is_empty()) {
            arm.seconds.push(arm.run.first);
        }
        taken = take(fast, patience.rounds - patience.rounds_of_slow)?;
    }
    Ok(Raced { name, arms, taken })
}
