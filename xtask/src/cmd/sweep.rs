//! `sweep`: how the speed-up changes with the threads, and with the tasks or the size where that is the lesson's idea.

use anyhow::{Context, Result, ensure};
use measurements::{CONTROL_SCALED, efficiency, karp_flatt};
use serde_json::{Value, json};

use super::measuring::{self, Finish, JSON, QUICK, SIZE, SOLUTION, SUBJECT, TASKS, WORKLOAD, told};
use super::{Answer, CHOICE, Verb, chosen};
use crate::cli::Call;
use crate::course::Course;
use crate::process::Staying;
use crate::report::Working;
use crate::results;
use crate::rounds::{self, Arm, Taken};
use crate::served::{At, Served, Side, Workload};

mod csv;
mod screen;

pub const VERB: Verb = Verb {
    name: "sweep",
    about: "speed-up over threads, tasks, size",
    lesson: Some(CHOICE),
    more: None,
    flags: &[
        (
            "threads LIST",
            "these thread counts, and nothing else: 1,2,4,8",
        ),
        SIZE,
        TASKS,
        WORKLOAD,
        SUBJECT,
        SOLUTION,
        QUICK,
        JSON,
    ],
    run,
};

/// What is varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Threads,
    Tasks,
    Size,
}

/// One workload, and one thing that is varied of it.
#[derive(Clone, Debug)]
struct Plan<'a> {
    workload: &'a Workload,
    /// Where nothing is varied.
    at: At,
    over: Over,
    values: Vec<usize>,
}

/// What takes turns: pure arithmetic on so many threads, or one side of the workload.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Run {
    Control(usize),
    Workload(At, Side),
}

fn run(call: &Call) -> Result<Answer> {
    let course = Course::here()?;
    let lesson = chosen(&course, call)?;
    let subject = measuring::subject(call)?;
    let threads = call.counts("threads")?;
    let working = Working::on(&format!("sweeping lesson {}", lesson.number()));
    let mut served = measuring::served(&course, lesson, &subject, &working)?;

    let cores = served.cores_offered;
    let workloads = served.workloads.clone();
    let workloads = measuring::chosen(call, &workloads)?;
    let mut plans = Vec::new();
    for workload in workloads {
        plans.extend(of_workload(workload, call, threads.as_deref(), cores)?);
    }
    ensure!(
        !plans.is_empty(),
        "this workload runs on one thread, whatever is offered: there are no threads to sweep over"
    );
    let staying = Staying::through_an_interrupt();
    let mut sweeps = Vec::new();
    let mut taken = Taken::All;
    for (number, plan) in plans.iter().enumerate() {
        let working = Working::on(&format!("sweep {} of {}", number + 1, plans.len()));
        let sweep = swept(
            plan,
            &mut served,
            measuring::rounds(call),
            &working,
            &staying,
        );
        match sweep {
            Ok((sweep, how)) => {
                sweeps.extend(sweep);
                taken = how;
            }
            Err(_) if staying.interrupted() => taken = Taken::Interrupted,
            Err(error) => return Err(error),
        }
        if taken == Taken::Interrupted {
            break;
        }
    }
    drop(working);

    let command = measuring::command("sweep", lesson, &subject);
    let mut document = results::document("sweep", lesson, subject.name(), &command)?;
    document["rounds"] = json!(measuring::rounds(call));
    document["complete"] = json!(taken == Taken::All);
    document["sweeps"] = json!(sweeps);
    let table = results::place(&course, "sweep", lesson).with_extension("csv");
    results::keep(&table, &csv::csv(&document))?;
    let finish = Finish {
        course: &course,
        lesson,
        screen: screen::screen,
        drawn: !sweeps.is_empty(),
        also_kept: vec![table],
    };
    measuring::finish(call, &document, finish)
}

/// What is swept of a workload: the threads; its tasks and its size, where they have something to show and no thread counts
/// were asked for.
fn of_workload<'a>(
    workload: &'a Workload,
    call: &Call,
    threads: Option<&[std::num::NonZeroUsize]>,
    cores: usize,
) -> Result<Vec<Plan<'a>>> {
    let at = At {
        threads: workload.one_thread.then_some(1),
        ..measuring::at(call, workload)?
    };
    let plan = |over, values: Vec<usize>| Plan {
        workload,
        at,
        over,
        values,
    };
    let mut plans = Vec::new();
    if !workload.one_thread {
        let asked = threads.map(|threads| threads.iter().map(|count| count.get()).collect());
        plans.push(plan(
            Over::Threads,
            asked.unwrap_or_else(|| thread_counts(cores)),
        ));
    }
    if threads.is_none() {
        let counts = workload.tasks.as_ref().filter(|_| at.tasks.is_none());
        plans.extend(counts.map(|counts| plan(Over::Tasks, counts.swept.clone())));
        let sizes = Some(&workload.size).filter(|_| at.size.is_none());
        plans.extend(sizes.map(|sizes| plan(Over::Size, sizes.swept.clone())));
    }
    plans.retain(|plan| !plan.values.is_empty());
    Ok(plans)
}

/// 1 to 4, and on by steps of a half, up to all cores offered; then twice as many, to see what that brings.
fn thread_counts(cores: usize) -> Vec<usize> {
    let mut counts: Vec<usize> = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128]
        .into_iter()
        .filter(|&count| count < cores)
        .collect();
    counts.extend([cores, 2 * cores]);
    counts
}

/// Sweeps one plan: a `sweep` of the document; `None` if the user interrupted before the first round was over.
fn swept(
    plan: &Plan,
    served: &mut Served,
    rounds: usize,
    working: &Working,
    staying: &Staying,
) -> Result<(Option<Value>, Taken)> {
    let cores = served.cores_offered;
    let mut arms = vec![
        Arm::new("arithmetic on one thread", Run::Control(1)),
        Arm::new("arithmetic on all threads", Run::Control(cores)),
    ];
    let mut name = String::new();
    for &value in &plan.values {
        let at = plan.at(value);
        working.progress(&format!("comparing the answers at {value}"));
        name = served.prepare(at)?.name;
        if plan.over == Over::Size || value == plan.values[0] {
            arms.push(Arm::new(
                &plan.workload.baseline,
                Run::Workload(at, Side::Serial),
            ));
        }
        arms.push(Arm::new(
            format!("the subject at {value}"),
            Run::Workload(at, Side::Subject),
        ));
    }
    let usual = served.prepare(plan.at)?.name;
    let taken = rounds::take(&mut arms, rounds, working, staying, |run, times| {
        let request = match run {
            Run::Control(threads) => json!({ "time": "control", "threads": threads }),
            Run::Workload(at, side) => at.run(*side, times),
        };
        let answer = served.ask(&request)?;
        answer["seconds"]
            .as_f64()
            .context("an answer without seconds")
    })?;
    if arms[0].seconds.is_empty() {
        return Ok((None, taken));
    }
    let steps: Option<Vec<Value>> = plan
        .values
        .iter()
        .map(|&value| step(plan, value, &arms, cores))
        .collect();
    let steps = steps.context("every arm has been timed")?;
    let capacity = (cores > 1).then(|| arms[1].speed_over(&arms[0])).flatten();
    let busy = capacity.is_some_and(|capacity| capacity.low < CONTROL_SCALED);
    let serial_s = arms[2].median().unwrap_or(f64::NAN);
    let simulation = match (plan.over, taken) {
        (Over::Threads, Taken::All) => simulated(plan, served, serial_s)?,
        _ => Value::Null,
    };
    let what_is_varied = match plan.over {
        Over::Threads => "threads",
        Over::Tasks => plan
            .workload
            .tasks
            .as_ref()
            .map_or("tasks", |tasks| &tasks.unit),
        Over::Size => &plan.workload.size.unit,
    };
    let sweep = json!({
        "workload": if plan.over == Over::Threads { usual } else { varied(&name, plan) },
        "over": what_is_varied,
        "baseline": plan.workload.baseline,
        "threads": if plan.over == Over::Threads { None } else { Some(plan.at.threads.unwrap_or(cores)) },
        "capacity": told(capacity),
        "alone": alone(plan, &steps),
        "knee": knee(plan, &steps).filter(|_| !busy),
        "steps": steps,
        "simulation": simulation,
    });
    Ok((Some(sweep), taken))
}

impl Plan<'_> {
    /// The setting with what is varied at this value.
    fn at(&self, value: usize) -> At {
        let value = Some(value);
        match self.over {
            Over::Threads => At {
                threads: value,
                ..self.at
            },
            Over::Tasks => At {
                tasks: value,
                ..self.at
            },
            Over::Size => At {
                size: value,
                ..self.at
            },
        }
    }
}

/// The workload's name without the number that is varied.
fn varied(name: &str, plan: &Plan) -> String {
    let what = &plan.workload.what;
    match plan.over {
        Over::Size => what.clone(),
        _ => name.split(" in ").next().unwrap_or(what).to_owned(),
    }
}

fn step(plan: &Plan, value: usize, arms: &[Arm<Run>], cores: usize) -> Option<Value> {
    let at = plan.at(value);
    let arm = |side| {
        arms.iter().find(|arm| match arm.run {
            Run::Workload(of, its) => {
                its == side && (of == at || (side == Side::Serial && plan.over != Over::Size))
            }
            Run::Control(_) => false,
        })
    };
    let (serial, subject) = (arm(Side::Serial)?, arm(Side::Subject)?);
    let speed_up = subject.speed_over(serial)?;
    let of_threads = plan.over == Over::Threads;
    // What the threads contribute is seen beside the same code on one of them.
    let one = Run::Workload(plan.at(1), Side::Subject);
    let one = arms.iter().find(|arm| of_threads && arm.run == one);
    let gain = one
        .and_then(|one| subject.speed_over(one))
        .unwrap_or(speed_up)
        .median;
    Some(json!({
        "value": value,
        "beyond_cores": of_threads && value > cores,
        "time_s": subject.median()?,
        "serial_s": serial.median()?,
        "speed_up": told(Some(speed_up)),
        "efficiency": of_threads.then(|| efficiency(gain, value)),
        "karp_flatt": of_threads.then(|| karp_flatt(gain, value)).flatten(),
        "seconds": subject.seconds,
        "serial_seconds": serial.seconds,
    }))
}

/// The speed-up of the subject on one thread, where the threads are swept over and one is among them. Ideal is so much for
/// each thread.
fn alone(plan: &Plan, steps: &[Value]) -> Value {
    let one = steps.iter().find(|step| step["value"] == 1);
    one.filter(|_| plan.over == Over::Threads)
        .map_or(Value::Null, |one| one["speed_up"]["median"].clone())
}

/// So much above the best time is clearly slower, by the rule of lesson 04.
const CLEARLY_SLOWER: f64 = 1.05;

/// On a quiet machine, the smallest number of threads or tasks that is not clearly slower than the best. A size has no
/// knee: it is not chosen.
fn knee(plan: &Plan, steps: &[Value]) -> Option<usize> {
    let figure = |step: &Value, name: &str| step["speed_up"][name].as_f64().unwrap_or(f64::NAN);
    let best = steps
        .iter()
        .map(|step| figure(step, "median"))
        .fold(0.0, f64::max);
    let reaches = |step: &&Value| CLEARLY_SLOWER * figure(step, "high") >= best;
    let first = steps
        .iter()
        .find(reaches)
        .filter(|_| plan.over != Over::Size)?;
    first["value"]
        .as_u64()
        .and_then(|value| usize::try_from(value).ok())
}

/// What its tasks would take on 1 to 64 workers, against the serial baseline.
fn simulated(plan: &Plan, served: &mut Served, serial_s: f64) -> Result<Value> {
    let told = served.ask(&json!({ "expect": plan.at(1).to_json() }))?;
    if told.is_null() {
        return Ok(Value::Null);
    }
    let speed_up = |seconds: &Value| seconds.as_f64().filter(|&s| s > 0.0).map(|s| serial_s / s);
    let steps = told["steps"].as_array().into_iter().flatten();
    let steps =
        steps.map(|step| json!({ "workers": step["workers"], "speed_up": speed_up(&step["s"]) }));
    Ok(json!({
        "tasks": told["tasks"],
        "limit": speed_up(&told["least_s"]),
        "steps": steps.collect::<Vec<_>>(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::served::Count;

    fn workload(one_thread: bool) -> Workload {
        let count = |unit: &str, swept: &[usize]| Count {
            unit: unit.to_owned(),
            usual: 64,
            swept: swept.to_vec(),
        };
        Workload {
            index: 0,
            what: "a sum".to_owned(),
            size: count("numbers", &[10, 100]),
            tasks: Some(count("chunks", &[1, 8])),
            baseline: "the serial loop".to_owned(),
            one_thread,
        }
    }

    fn planned(line: &str, one_thread: bool) -> Vec<(Over, Vec<usize>)> {
        let call = crate::cli::parse(line.split(' ').map(Into::into)).unwrap();
        let threads = call.counts("threads").unwrap();
        let workload = workload(one_thread);
        let plans = of_workload(&workload, &call, threads.as_deref(), 2).unwrap();
        plans
            .into_iter()
            .map(|plan| (plan.over, plan.values))
            .collect()
    }

    #[test]
    fn what_has_something_to_show_is_swept() {
        assert_eq!(
            planned("sweep 02", false),
            [
                (Over::Threads, vec![1, 2, 4]),
                (Over::Tasks, vec![1, 8]),
                (Over::Size, vec![10, 100])
            ]
        );
        assert_eq!(
            planned("sweep 02 --threads 1,3", false),
            [(Over::Threads, vec![1, 3])]
        );
        assert_eq!(
            planned("sweep 02 --tasks 5 --size 50", false),
            [(Over::Threads, vec![1, 2, 4])],
            "what is chosen is not varied"
        );
    }

    #[test]
    fn a_workload_on_one_thread_has_no_threads_to_sweep_over() {
        assert_eq!(planned("sweep 02", true)[0].0, Over::Tasks);
        assert_eq!(planned("sweep 02 --threads 1,2", true), []);
    }

    #[test]
    fn thread_counts_go_up_to_the_cores_and_once_beyond() {
        assert_eq!(thread_counts(1), [1, 2]);
        assert_eq!(thread_counts(2), [1, 2, 4]);
        assert_eq!(thread_counts(10), [1, 2, 3, 4, 6, 8, 10, 20]);
    }

    #[test]
    fn the_knee_is_the_first_that_is_not_clearly_slower_than_the_best() {
        let step = |value: usize, median: f64, high: f64| json!({ "value": value, "speed_up": { "median": median, "high": high } });
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
