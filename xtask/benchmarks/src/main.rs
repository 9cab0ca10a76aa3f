//! Criterion over a lesson's workloads: it decides how often to run what, and makes the statistics and the report.
//!
//! What is timed runs in separate programs, the lesson's speed tests, which only the runner starts. So this program asks
//! the runner for each timing, and is compiled once for all lessons and all students. It speaks over its standard streams, a
//! JSON document a line: `measure::protocol` has the [`BenchPlan`] that it gets and the [`TimingRequest`] that it writes.

use std::cell::RefCell;
use std::error::Error;
use std::io::{self, BufRead, Lines, StdinLock, Write};
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, PlottingBackend, Throughput};
use measure::protocol::names::MARK;
use measure::protocol::{BenchPlan, Json, Timing, TimingRequest, from_text};

fn main() -> Result<(), Box<dyn Error>> {
    let runner = RefCell::new(io::stdin().lock().lines());
    let plan: BenchPlan = hear(&runner)?;
    let mut criterion = configure(&plan);
    for (group_index, group) in plan.groups.iter().enumerate() {
        let mut measured = criterion.benchmark_group(&group.name);
        measured.throughput(Throughput::Elements(group.items));
        for (arm_index, arm) in group.arms.iter().enumerate() {
            measured.bench_function(arm.word(), |bencher| {
                bencher.iter_custom(|times| {
                    let request = TimingRequest { group: group_index, arm: arm_index, times };
                    time(&runner, &request).expect("the runner answers as long as it lives")
                });
            });
        }
        measured.finish();
    }
    criterion.final_summary();
    Ok(())
}

/// The runner's side of the conversation, line by line.
type Runner = RefCell<Lines<StdinLock<'static>>>;

fn hear<T: Json>(runner: &Runner) -> Result<T, Box<dyn Error>> {
    let line = runner.borrow_mut().next().ok_or("the runner has gone")??;
    Ok(from_text(&line)?)
}

fn time(runner: &Runner, request: &TimingRequest) -> Result<Duration, Box<dyn Error>> {
    let mut out = io::stdout().lock();
    writeln!(out, "\n{MARK}{}", request.to_json())?;
    out.flush()?;
    drop(out);
    let timing: Timing = hear(runner)?;
    Ok(Duration::try_from_secs_f64(timing.seconds)?)
}

/// Short enough for a lesson of several workloads, long enough for an interval of a few per cent on a quiet machine.
fn configure(plan: &BenchPlan) -> Criterion {
    let (samples, warm_up, measuring) = if plan.quick {
        (10, Duration::from_millis(100), Duration::from_millis(500))
    } else {
        (30, Duration::from_millis(500), Duration::from_secs(3))
    };
    let criterion = Criterion::default()
        .output_directory(Path::new(&plan.folder))
        .plotting_backend(PlottingBackend::Plotters)
        .sample_size(samples)
        .warm_up_time(warm_up)
        .measurement_time(measuring);
    match (&plan.save, &plan.against) {
        (Some(name), _) => criterion.save_baseline(name.clone()),
        (None, Some(name)) => criterion.retain_baseline(name.clone(), true),
        (None, None) => criterion,
    }
}
