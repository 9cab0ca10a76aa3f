//! Criterion over a lesson's workloads: it decides how often to run what, and makes the statistics and the report.
//!
//! What is timed runs in programs of its own, the lesson's speed tests, which only the runner starts. So this program asks
//! the runner for each timing, and is compiled once for all lessons and all students. It is spoken to over its standard
//! streams, a JSON document a line:
//!
//! | who | what |
//! |---|---|
//! | the runner | the plan: `{"folder", "save", "against", "quick", "groups": [{"name", "items", "arms": ["…"]}]}` |
//! | this program, behind a mark | `{"group": 0, "arm": 1, "times": 100}` |
//! | the runner | `{"seconds": …}`: how long these runs took together |
//!
//! `save` and `against` name a baseline to keep or to compare with, or are `null`.

use std::cell::RefCell;
use std::error::Error;
use std::io::{self, BufRead, Lines, StdinLock, Write};
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, PlottingBackend, Throughput};
use measure::wire::MARK;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let runner = RefCell::new(io::stdin().lock().lines());
    let plan = heard(&runner)?;
    let mut criterion = configure(&plan)?;
    let groups = plan["groups"].as_array().into_iter().flatten();
    for (group_index, group) in groups.enumerate() {
        let name = group["name"].as_str().ok_or("a group without a name")?;
        let mut measured = criterion.benchmark_group(name);
        measured.throughput(Throughput::Elements(group["items"].as_u64().unwrap_or(1)));
        let arms = group["arms"].as_array().into_iter().flatten();
        for (arm_index, arm) in arms.enumerate() {
            let arm = arm.as_str().ok_or("an arm without a name")?;
            measured.bench_function(arm, |bencher| {
                bencher.iter_custom(|times| {
                    let asked = json!({ "group": group_index, "arm": arm_index, "times": times });
                    timing(&runner, &asked).expect("the runner answers as long as it lives")
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

fn heard(runner: &Runner) -> Result<Value, Box<dyn Error>> {
    let line = runner.borrow_mut().next().ok_or("the runner has gone")??;
    Ok(serde_json::from_str(&line)?)
}

fn timing(runner: &Runner, asked: &Value) -> Result<Duration, Box<dyn Error>> {
    let mut out = io::stdout().lock();
    writeln!(out, "\n{MARK}{asked}")?;
    out.flush()?;
    drop(out);
    let seconds = heard(runner)?["seconds"].as_f64().ok_or("no seconds")?;
    Ok(Duration::try_from_secs_f64(seconds)?)
}

/// Short enough for a lesson of several workloads, long enough for an interval of a few per cent on a quiet machine.
fn configure(plan: &Value) -> Result<Criterion, Box<dyn Error>> {
    let folder = plan["folder"].as_str().ok_or("a plan without a folder")?;
    let (samples, warm_up, measuring) = if plan["quick"] == true {
        (10, Duration::from_millis(100), Duration::from_millis(500))
    } else {
        (30, Duration::from_millis(500), Duration::from_secs(3))
    };
    let criterion = Criterion::default()
        .output_directory(Path::new(folder))
        .plotting_backend(PlottingBackend::Plotters)
        .sample_size(samples)
        .warm_up_time(warm_up)
        .measurement_time(measuring);
    Ok(match (plan["save"].as_str(), plan["against"].as_str()) {
        (Some(name), _) => criterion.save_baseline(name.to_owned()),
        (None, Some(name)) => criterion.retain_baseline(name.to_owned(), true),
        (None, None) => criterion,
    })
}
