//! `bench`: criterion over a lesson's workloads.
//!
//! Criterion takes long to build, so it has a package of its own (`xtask/benchmarks`), built when it is first asked for. It
//! decides what is run how often; the runs are those of the programs that `sweep` and `compare` ask too.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::measuring::{self, JSON, SIZE, SOLUTION, TASKS, WORKLOAD};
use super::{Answer, CHOICE, Verb, chosen};
use crate::cargo;
use crate::cli::Call;
use crate::course::{Course, Lesson};
use crate::process::{Conversation, Staying};
use crate::report::{self, Working};
use crate::results;
use crate::served::{At, Built, Measured, Served, Side, Workbench};
use crate::subject::Subject;

mod estimates;
mod screen;

pub const VERB: Verb = Verb {
    name: "bench",
    about: "criterion: serial, yours, the model",
    lesson: Some(CHOICE),
    more: None,
    flags: &[
        ("save NAME", "keep the figures as a baseline of this name"),
        ("against NAME", "compare with a baseline that was kept"),
        SIZE,
        TASKS,
        WORKLOAD,
        ("solution", "without your own code"),
        ("quick", "fewer samples, wider intervals"),
        JSON,
    ],
    run,
};

/// One of those that are timed: a side of the workload, in one of the programs.
struct Arm {
    name: &'static str,
    side: Side,
    program: usize,
}

fn run(call: &Call) -> Result<Answer> {
    let course = Course::here()?;
    let lesson = chosen(&course, call)?;
    let (save, against) = (call.value("save"), call.value("against"));
    let named = save.iter().chain(&against);
    for name in named {
        let plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        let fits = name.chars().all(plain)
            && !["", ".", "..", "new", "base", "change", "report"].contains(name);
        ensure!(
            fits,
            "a baseline is named by letters, digits, `-`, `_` and `.`, and not `{name}`"
        );
    }
    ensure!(
        save.is_none() || against.is_none(),
        "`--save` keeps a baseline and `--against` compares with one: one at a time"
    );
    let folder = course
        .root()
        .join("target/many-hands/criterion")
        .join(lesson.name());
    if let Some(name) = against {
        let kept = estimates::baselines(&folder);
        ensure!(
            kept.iter().any(|baseline| baseline == name),
            "no baseline `{name}` was kept for lesson {}; there are: {}. `cargo xtask bench {} --save {name}` keeps one",
            lesson.number(),
            if kept.is_empty() {
                "none".to_owned()
            } else {
                kept.join(", ")
            },
            lesson.number()
        );
    }

    let working = Working::on(&format!("bench of lesson {}", lesson.number()));
    let (mut programs, mut missing) = programs(&course, lesson, call.has(SOLUTION.0), &working)?;
    let workloads = programs[0].workloads.clone();
    let mut groups = Vec::new();
    for workload in measuring::chosen(call, &workloads)? {
        let number = |name| Ok::<_, anyhow::Error>(call.count(name)?.map(usize::from));
        let at = At {
            size: number("size")?,
            tasks: number("tasks")?.filter(|_| workload.tasks.is_some()),
            ..workload.usual()
        };
        working.now(&format!("{}: comparing the answers", workload.what));
        let prepared = programs[0].prepare(at)?;
        let mut arms = vec![
            Arm {
                name: "serial baseline",
                side: Side::Serial,
                program: 0,
            },
            Arm {
                name: "the model",
                side: Side::Subject,
                program: 0,
            },
        ];
        // The student's comes between the two.
        if let Some(own) = programs.get_mut(1) {
            match own.prepare(at) {
                Ok(_) => arms.insert(
                    1,
                    Arm {
                        name: "yours",
                        side: Side::Subject,
                        program: 1,
                    },
                ),
                Err(error) => {
                    missing.push(format!("yours: {}", first_line(&error)));
                    programs.truncate(1);
                }
            }
        }
        groups.push((prepared, at, arms));
    }

    working.now("building criterion, once");
    let program = cargo::built_program(&course, "benchmarks", |step| working.now(step))?;
    let mut criterion = Conversation::with(&mut program.command(), "criterion")?;
    let told = groups.iter().map(|(prepared, _, arms)| {
        json!({ "name": prepared.name, "items": prepared.items, "arms": arms.iter().map(|arm| arm.name).collect::<Vec<_>>() })
    });
    criterion.say(&json!({
        "folder": folder,
        "save": save,
        "against": against,
        "quick": call.has("quick"),
        "groups": told.collect::<Vec<_>>(),
    }))?;
    let staying = Staying::through_an_interrupt();
    let count: usize = groups.iter().map(|(_, _, arms)| arms.len()).sum();
    let timed = criterion.answer(|asked| {
        let index = |name: &str| {
            asked[name]
                .as_u64()
                .and_then(|index| usize::try_from(index).ok())
        };
        let (_, at, arms) = index("group")
            .and_then(|group| groups.get(group))
            .context("no such group")?;
        let arm = index("arm")
            .and_then(|arm| arms.get(arm))
            .context("no such arm")?;
        working.progress(&format!(
            "{} of {count}: {}",
            number_of(asked, &groups),
            arm.name
        ));
        let times = u32::try_from(asked["times"].as_u64().unwrap_or(1)).unwrap_or(u32::MAX);
        let answer = programs[arm.program].ask(&at.run(arm.side, times))?;
        let a_run = answer["seconds"]
            .as_f64()
            .context("an answer without seconds")?;
        Ok(json!({ "seconds": a_run * f64::from(times) }))
    });
    if !staying.interrupted() {
        timed?;
    }
    drop(working);

    let command = format!("cargo xtask bench {}", lesson.number());
    let mut document = results::document("bench", lesson, "exercise and solution", &command)?;
    document["complete"] = json!(!staying.interrupted());
    document["against"] = json!(against);
    document["missing"] = json!(missing);
    let groups = groups.iter().map(|(prepared, _, arms)| {
        let arms = arms.iter().filter_map(|arm| estimates::of_arm(&folder, &prepared.name, arm.name, against.is_some()));
        json!({ "workload": prepared.name, "items": prepared.items, "arms": arms.collect::<Vec<_>>() })
    });
    document["groups"] = groups.collect();
    let report_page = folder.join("report/index.html");
    let place = results::place(&course, "bench", lesson);
    let mut kept = results::keep_and_draw(&course, lesson, &place, &document, false)?;
    if report_page.is_file() {
        kept.push(lesson.shown(&report_page));
    }
    let mut text = screen::screen(&document, report::width());
    if staying.interrupted() {
        text += "\ninterrupted: these are the figures that were complete\n";
    }
    measuring::show(call, &document, &text, &kept);
    Ok(if staying.interrupted() {
        Answer::Interrupted
    } else {
        Answer::Passed
    })
}

/// Which arm it is, counted through all groups from 1.
fn number_of<T>(asked: &Value, groups: &[(T, At, Vec<Arm>)]) -> usize {
    let index = |name: &str| usize::try_from(asked[name].as_u64().unwrap_or(0)).unwrap_or(0);
    let before: usize = groups
        .iter()
        .take(index("group"))
        .map(|(_, _, arms)| arms.len())
        .sum();
    before + index("arm") + 1
}

/// The model's program and, if it can be built, the student's; and a sentence for what is missing.
fn programs(
    course: &Course,
    lesson: &Lesson,
    only_the_model: bool,
    working: &Working,
) -> Result<(Vec<Served>, Vec<String>)> {
    let mut bench = Workbench::new(course, lesson);
    let mut missing = Vec::new();
    let mut programs = Vec::new();
    let mut subjects = vec![(Subject::Solution, "the model")];
    subjects.extend((!only_the_model).then_some((Subject::Exercise, "yours")));
    for (subject, name) in subjects {
        match Measured::OfTheCourse(subject).build(&mut bench, |step| working.now(step))? {
            Built::Ready(checks) => programs.push(Served::start(&checks, name)?),
            Built::Not { why, .. } => missing.push(format!("{name}: {why}")),
        }
    }
    ensure!(
        !programs.is_empty() && !missing.iter().any(|why| why.starts_with("the model")),
        "the model does not compile; is the clone complete?"
    );
    Ok((programs, missing))
}

fn first_line(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    text.lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches(':')
        .to_owned()
}

/// Reads a document that criterion has written.
fn read(file: &Path) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(file).ok()?).ok()
}
