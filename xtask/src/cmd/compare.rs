//! `compare`: several subjects side by side, for an instructor: are they right, how fast, at what cost?
//!
//! Every subject runs in a process of its own, and all of them take turns. Their code is run as it is, so this is for
//! code that its owner trusts.

use anyhow::{Context, Result};
use measure::Interval;
use serde_json::{Value, json};
use xtask_core::course::Course;
use xtask_core::process::Staying;
use xtask_core::report::Working;
use xtask_core::results;
use xtask_core::rounds::{self, Arm, Taken};
use xtask_core::served::{At, Measured, Side};

use super::measuring::{self, Finish, JSON, QUICK, SIZE, TASKS, WORKLOAD, told};
use super::{Answer, CHOICE, chosen};
use crate::cli::{Call, Verb};

mod contestant;
mod decision;
mod screen;
mod tally;

use contestant::{Contestant, MODEL, contestants, costs};
use decision::{BUSY, CANNOT_JUDGE, CANNOT_TELL, against_the_model, against_the_serial_baseline};
use tally::Tally;

pub const VERB: Verb = Verb {
    name: "compare",
    about: "for instructors: subjects side by side",
    lesson: Some(CHOICE),
    more: Some("PATH…"),
    flags: &[
        ("threads N", "so many threads, instead of one a core"),
        SIZE,
        TASKS,
        WORKLOAD,
        QUICK,
        ("repeat N", "compare N times, and count what was said"),
        JSON,
    ],
};

/// What takes turns in the rounds of one workload.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Run {
    /// Pure arithmetic, in the model's process, on so many threads.
    Control(usize),
    /// The serial baseline, in the model's process.
    Serial,
    /// A contestant, by number.
    Subject(usize),
}

pub(super) fn run(call: &Call) -> Result<Answer> {
    let course = Course::here()?;
    let lesson = chosen(&course, call)?;
    let others = call.more.iter().map(|path| Measured::named(path));
    let others: Vec<Measured> = others.collect::<Result<_>>()?;
    let working = Working::on(&format!("comparing on lesson {}", lesson.number()));
    let mut contestants = contestants(&course, lesson, others, &working)?;
    let staying = Staying::through_an_interrupt();
    let mut taken = Taken::All;
    let mut names = Vec::new();
    let mut tally = Tally::default();
    for _ in 0..call.count("repeat")?.map_or(1, usize::from) {
        (names, taken) = compared_once(call, &mut contestants, &working, &staying)?;
        if taken == Taken::Interrupted {
            break;
        }
        tally.count(&contestants);
    }
    drop(working);

    let command = format!(
        "cargo xtask compare {} {}",
        lesson.number(),
        call.more.join(" ")
    );
    let mut document = results::document("compare", lesson, MODEL, command.trim_end())?;
    document["rounds"] = json!(looks(call).last());
    document["complete"] = json!(taken == Taken::All);
    document["workloads"] = json!(names);
    if call.has("repeat") {
        document["tally"] = tally.to_json();
    }
    document["subjects"] = contestants
        .into_iter()
        .map(|contestant| contestant.told)
        .collect();
    let finish = Finish {
        course: &course,
        lesson,
        screen: screen::screen,
        drawn: true,
        also_kept: Vec::new(),
    };
    measuring::finish(call, &document, finish)
}

/// Starts all programs anew and compares them on the workloads that are asked for: the names of those that were begun.
fn compared_once(
    call: &Call,
    contestants: &mut [Contestant],
    working: &Working,
    staying: &Staying,
) -> Result<(Vec<String>, Taken)> {
    for contestant in &mut *contestants {
        contestant.start()?;
        contestant.told["workloads"] = json!([]);
    }
    let model = contestants[0].served.as_ref();
    let model = model.context("the model does not compile")?;
    let workloads = model.workloads.clone();
    let mut names = Vec::new();
    for workload in measuring::chosen(call, &workloads)? {
        let at = At {
            threads: call.count("threads")?.map(usize::from),
            ..measuring::at(call, workload)?
        };
        match compared(contestants, at, looks(call), working, staying) {
            Ok((name, taken)) => {
                names.push(name);
                if taken == Taken::Interrupted {
                    return Ok((names, taken));
                }
            }
            Err(_) if staying.interrupted() => return Ok((names, Taken::Interrupted)),
            Err(error) => return Err(error),
        }
    }
    Ok((names, Taken::All))
}

/// Compares all contestants at one setting: each one's document gets a `workload`, `null` for one that cannot do it. The
/// answer is the workload's name.
fn compared(
    contestants: &mut [Contestant],
    at: At,
    looks: &[usize],
    working: &Working,
    staying: &Staying,
) -> Result<(String, Taken)> {
    let mut name = String::new();
    let mut runners = Vec::new();
    for (index, contestant) in contestants.iter_mut().enumerate() {
        working.progress(&format!("{}: comparing the answers", contestant.name));
        let Some(served) = &mut contestant.served else {
            continue;
        };
        match served.prepare(at) {
            Ok(prepared) => {
                name = prepared.name;
                runners.push(index);
            }
            Err(error) if index == 0 || staying.interrupted() => return Err(error),
            // It panics or is wrong: its verdict says so.
            Err(_) => (contestant.served, contestant.checks) = (None, None),
        }
    }
    let cores = contestants[0]
        .served
        .as_ref()
        .map_or(1, |model| model.cores_offered);
    let mut arms = vec![
        Arm::new("arithmetic on one thread", Run::Control(1)),
        Arm::new("arithmetic on all threads", Run::Control(cores)),
        Arm::new("the serial baseline", Run::Serial),
    ];
    let of_runner = |&index: &usize| Arm::new(contestants[index].name.clone(), Run::Subject(index));
    arms.extend(runners.iter().map(of_runner));
    let mut time = |run: &Run, times| {
        let (index, request) = match *run {
            Run::Control(threads) => (0, json!({ "time": "control", "threads": threads })),
            Run::Serial => (0, at.run(Side::Serial, times)),
            Run::Subject(index) => (index, at.run(Side::Subject, times)),
        };
        let served = contestants[index].served.as_mut();
        let answer = served
            .context("only those that run take turns")?
            .ask(&request)?;
        answer["seconds"]
            .as_f64()
            .context("an answer without seconds")
    };
    let mut taken = Taken::All;
    for &look in looks {
        let more = look - arms[0].seconds.len();
        taken = rounds::take(&mut arms, more, working, staying, &mut time)?;
        let undecided = |arm: &Arm<Run>| Said::of(arm, &arms, looks.len()).is_open();
        if taken == Taken::Interrupted || !arms[3..].iter().any(undecided) {
            break;
        }
    }

    for (index, contestant) in contestants.iter_mut().enumerate() {
        let own = arms.iter().find(|arm| arm.run == Run::Subject(index));
        let workload = match (own, &mut contestant.served) {
            (Some(own), Some(served)) if !own.seconds.is_empty() => {
                let costs = if taken == Taken::All {
                    costs(served, at)?
                } else {
                    Value::Null
                };
                let said = Said::of(own, &arms, looks.len());
                json!({
                    "time_s": own.median(),
                    "to_model": told(said.to_model),
                    "to_serial": told(said.to_serial),
                    "decision": said.decision,
                    "paid": said.paid,
                    "threads": costs["threads"],
                    "allocations": costs["allocations"],
                    "allocated_bytes": costs["bytes"],
                    "peak_bytes": costs["peak_bytes"],
                    "seconds": own.seconds,
                })
            }
            _ => Value::Null,
        };
        if let Some(workloads) = contestant.told["workloads"].as_array_mut() {
            workloads.push(workload);
        }
    }
    Ok((name, taken))
}

/// What is said of one contestant after so many rounds.
struct Said {
    to_model: Option<Interval>,
    to_serial: Option<Interval>,
    decision: &'static str,
    paid: &'static str,
}

impl Said {
    /// Of the arms, the first four are the control on one thread and on all, the serial baseline and the model.
    fn of(own: &Arm<Run>, arms: &[Arm<Run>], looks: usize) -> Self {
        let over = |arm: &Arm<Run>, other: usize| arm.speed_over_at_looks(&arms[other], looks);
        let (to_model, to_serial) = (over(own, 3), over(own, 2));
        Self {
            to_model,
            to_serial,
            decision: match own.run {
                Run::Subject(0) => MODEL,
                _ => against_the_model(to_model),
            },
            paid: against_the_serial_baseline(to_serial, over(&arms[1], 0)),
        }
    }

    /// Whether more rounds might say more.
    fn is_open(&self) -> bool {
        self.decision == CANNOT_TELL || [CANNOT_JUDGE, BUSY].contains(&self.paid)
    }
}

/// After how many rounds the decisions are taken; the last only if something is open after the one before.
fn looks(call: &Call) -> &'static [usize] {
    if call.has(QUICK.0) { &[6] } else { &[15, 31] }
}
