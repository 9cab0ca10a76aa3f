//! What the rounds of a sweep say, as parts of its document.

use anyhow::Result;
use measure::protocol::{Simulation, SimulationStep, SweepStep};
use measure::{efficiency, karp_flatt};
use xtask_core::bench_process::{BenchProcess, Side};
use xtask_core::rounds::Arm;

use super::SweepArm;
use super::plan::{Over, Plan};

pub fn step(plan: &Plan, value: usize, arms: &[Arm<SweepArm>], cores: usize) -> Option<SweepStep> {
    let at = plan.params_at(value);
    let arm = |side| {
        arms.iter().find(|arm| match arm.run {
            SweepArm::Workload(of, its) => {
                its == side && (of == at || (side == Side::Serial && plan.over != Over::Size))
            }
            SweepArm::Control(_) => false,
        })
    };
    let (serial, subject) = (arm(Side::Serial)?, arm(Side::Subject)?);
    let speed_up = subject.speed_over(serial)?;
    let of_threads = plan.over == Over::Threads;
    // What the threads contribute is seen beside the same code on one of them.
    let one = SweepArm::Workload(plan.params_at(1), Side::Subject);
    let one = arms.iter().find(|arm| of_threads && arm.run == one);
    let gain = one.and_then(|one| subject.speed_over(one)).unwrap_or(speed_up).median;
    Some(SweepStep {
        value,
        beyond_cores: of_threads && value > cores,
        time_s: subject.median()?,
        serial_s: serial.median()?,
        speed_up,
        efficiency: of_threads.then(|| efficiency(gain, value)),
        karp_flatt: of_threads.then(|| karp_flatt(gain, value)).flatten(),
        seconds: subject.seconds.clone(),
        serial_seconds: serial.seconds.clone(),
    })
}

/// The speed-up of the subject on one thread, where the threads are swept over and one is among them. The ideal is this much
/// for each thread.
pub fn alone(plan: &Plan, steps: &[SweepStep]) -> Option<f64> {
    let one = steps.iter().find(|step| step.value == 1);
    one.filter(|_| plan.over == Over::Threads).map(|one| one.speed_up.median)
}

/// So much above the best time is clearly slower, by the rule of lesson 04.
const CLEARLY_SLOWER: f64 = 1.05;

/// On a quiet machine, the smallest number of threads or tasks that is not clearly slower than the best. A size has no
/// knee: it is not chosen.
pub fn knee(plan: &Plan, steps: &[SweepStep]) -> Option<usize> {
    let medians = steps.iter().map(|step| step.speed_up.median);
    let best = medians.fold(0.0, f64::max);
    let reaches = |step: &&SweepStep| CLEARLY_SLOWER * step.speed_up.high >= best;
    let first = steps.iter().find(reaches);
    first.filter(|_| plan.over != Over::Size).map(|step| step.value)
}

/// What its tasks would take on 1 to 64 workers, against the serial baseline.
pub fn simulate(
    plan: &Plan,
    process: &mut BenchProcess,
    serial_s: f64,
) -> Result<Option<Simulation>> {
    let Some(run) = process.simulate(plan.params_at(1))? else {
        return Ok(None);
    };
    let speed_up = |seconds: f64| (seconds > 0.0).then(|| serial_s / seconds);
    let steps = run
        .steps
        .iter()
        .map(|step| SimulationStep { workers: step.workers, speed_up: speed_up(step.s) });
    Ok(Some(Simulation { tasks: run.tasks, limit: speed_up(run.least_s), steps: steps.collect() }))
}

#[cfg(test)]
mod tests {
    use measure::Interval;

    use super::super::plan::tests::workload;
    use super::*;

    #[test]
    fn the_knee_is_the_first_that_is_not_clearly_slower_than_the_best() {
        let step = |value, median, high| SweepStep {
            value,
            beyond_cores: false,
            time_s: 1.0 / median,
            serial_s: 1.0,
            speed_up: Interval { low: median, median, high },
            efficiency: None,
            karp_flatt: None,
            seconds: Vec::new(),
            serial_seconds: Vec::new(),
        };
        let steps = [step(1, 1.0, 1.1), step(2, 1.9, 2.0), step(4, 2.05, 2.15)];
        let workload = workload(false);
        let mut plan = Plan {
            workload: &workload,
            at: workload.usual(),
            over: Over::Threads,
            values: vec![1, 2, 4],
        };
        assert_eq!(knee(&plan, &steps), Some(2));
        plan.over = Over::Size;
        assert_eq!(knee(&plan, &steps), None);
    }
}
