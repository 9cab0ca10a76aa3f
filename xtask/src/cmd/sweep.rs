//! `sweep`: how the speed-up changes with the threads, and with the tasks or the size where that is the lesson's idea.

use anyhow::{Context, Result, ensure};
use measure::CONTROL_SCALED;
use measure::protocol::{Kind, Sweep, SweepDocument, SweepStep, SweptOver};
use xtask_core::bench_process::{BenchProcess, CaseParams, Side};
use xtask_core::course::Course;
use xtask_core::files;
use xtask_core::process::InterruptGuard;
use xtask_core::results;
use xtask_core::rounds::{self, Arm, Taken};
use xtask_core::ui::Working;

use super::measuring::{self, JSON, QUICK, SIZE, SOLUTION, SUBJECT, TASKS, WORKLOAD};
use super::{CHOICE, Exit, choose_lesson};
use crate::cli::{Args, Command};

mod conclusions;
mod csv;
mod findings;
mod plan;
pub(super) mod screen;

use findings::{alone, knee, simulate, step};
use plan::{Over, Plan, name_without_number, of_workload};

pub const COMMAND: Command = Command {
    name: "sweep",
    about: "speed-up over threads, tasks, size",
    lesson: Some(CHOICE),
    more: None,
    flags: &[
        ("threads LIST", "these thread counts, and nothing else: 1,2,4,8"),
        SIZE,
        TASKS,
        WORKLOAD,
        SUBJECT,
        SOLUTION,
        QUICK,
        JSON,
    ],
};

/// What takes turns: pure arithmetic on this many threads, or one side of the workload.
#[derive(Clone, Copy, Debug, PartialEq)]
enum SweepArm {
    Control(usize),
    Workload(CaseParams, Side),
}

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Course::here()?;
    let lesson = choose_lesson(&course, args)?;
    let subject = measuring::subject(args)?;
    let threads = args.counts("threads")?;
    let working = Working::start(&format!("sweeping lesson {}", lesson.number()));
    let mut process = measuring::start_process(&course, lesson, &subject, &working)?;

    let cores = process.cores_offered;
    let workloads = process.workloads.clone();
    let workloads = measuring::choose_workloads(args, &workloads)?;
    let mut plans = Vec::new();
    for workload in workloads {
        plans.extend(of_workload(workload, args, threads.as_deref(), cores)?);
    }
    ensure!(
        !plans.is_empty(),
        "this workload runs on one thread, whatever is offered: there are no threads to sweep over"
    );
    drop(working);
    let guard = InterruptGuard::start();
    let mut sweeps = Vec::new();
    let mut taken = Taken::All;
    for (number, plan) in plans.iter().enumerate() {
        let working = Working::start(&format!("sweep {} of {}", number + 1, plans.len()));
        let sweep = sweep(plan, &mut process, measuring::rounds(args), &working, &guard);
        match sweep {
            Ok((sweep, how)) => {
                sweeps.extend(sweep);
                taken = how;
            }
            Err(_) if guard.is_interrupted() => taken = Taken::Interrupted,
            Err(error) => return Err(error),
        }
        if taken == Taken::Interrupted {
            break;
        }
    }

    let command = measuring::command_line("sweep", lesson, &subject);
    let complete = taken == Taken::All;
    let document = SweepDocument {
        header: results::header(Kind::Sweep, lesson, subject.name(), &command, complete)?,
        rounds: measuring::rounds(args),
        sweeps,
    };
    let table = results::place(&course, "sweep", lesson).with_extension("csv");
    files::write(&table, csv::csv(&document))?;
    let header = &document.header;
    measuring::finish(args, &course, lesson, &document, header, screen::screen, &[table])
}

/// Sweeps one plan: a `sweep` of the document; `None` if the user interrupted before the first round was over.
fn sweep(
    plan: &Plan,
    process: &mut BenchProcess,
    rounds: usize,
    working: &Working,
    guard: &InterruptGuard,
) -> Result<(Option<Sweep>, Taken)> {
    let cores = process.cores_offered;
    let mut arms = vec![
        Arm::new("arithmetic on one thread", SweepArm::Control(1)),
        Arm::new("arithmetic on all threads", SweepArm::Control(cores)),
    ];
    let mut name = String::new();
    for &value in &plan.values {
        let at = plan.params_at(value);
        working.progress(&format!("comparing the answers at {value}"));
        name = process.prepare(at)?.name;
        if plan.over == Over::Size || value == plan.values[0] {
            arms.push(Arm::new(&plan.workload.info.baseline, SweepArm::Workload(at, Side::Serial)));
        }
        arms.push(Arm::new(
            format!("the subject at {value}"),
            SweepArm::Workload(at, Side::Subject),
        ));
    }
    let usual = process.prepare(plan.at)?.name;
    let taken = rounds::take(&mut arms, rounds, working, guard, |run, times| match *run {
        SweepArm::Control(threads) => process.time_control(threads),
        SweepArm::Workload(at, side) => process.time(at, side, times),
    })?;
    if arms[0].seconds.is_empty() {
        return Ok((None, taken));
    }
    let steps: Option<Vec<SweepStep>> =
        plan.values.iter().map(|&value| step(plan, value, &arms, cores)).collect();
    let steps = steps.context("every arm has been timed")?;
    let capacity = (cores > 1).then(|| arms[1].speed_over(&arms[0])).flatten();
    let busy = capacity.is_some_and(|capacity| capacity.low < CONTROL_SCALED);
    let serial_s = arms[2].median().unwrap_or(f64::NAN);
    let simulation = match (plan.over, taken) {
        (Over::Threads, Taken::All) => simulate(plan, process, serial_s)?,
        _ => None,
    };
    let info = &plan.workload.info;
    let over = match plan.over {
        Over::Threads => SweptOver::Threads,
        Over::Tasks => {
            let unit = info.tasks.as_ref().map_or("tasks", |tasks| &tasks.unit);
            SweptOver::Number(unit.to_owned())
        }
        Over::Size => SweptOver::Number(info.size.unit.clone()),
    };
    let by_threads = plan.over == Over::Threads;
    let sweep = Sweep {
        workload: if by_threads { usual } else { name_without_number(&name, plan) },
        over,
        baseline: info.baseline.clone(),
        threads: (!by_threads).then(|| plan.at.threads.unwrap_or(cores)),
        capacity,
        alone: alone(plan, &steps),
        knee: knee(plan, &steps).filter(|_| !busy),
        steps,
        simulation,
    };
    Ok((Some(sweep), taken))
}
