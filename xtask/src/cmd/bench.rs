//! `bench`: criterion over a lesson's workloads.
//!
//! Criterion takes long to build, so it is a separate package (`xtask/benchmarks`), built when it is first asked for. It
//! decides what is run how often; the runs are those of the programs that `sweep` and `compare` ask too.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use measure::protocol::{
    BenchArmName, BenchDocument, BenchGroup, BenchPlan, BenchedWorkload, Json, Kind, Prepared,
    Timing, TimingRequest, from_text,
};
use xtask_core::bench_process::{BenchProcess, CaseParams, Side};
use xtask_core::cargo;
use xtask_core::code_under_test::{Built, CodeUnderTest, Workbench};
use xtask_core::course::{Course, Lesson};
use xtask_core::process::{InterruptGuard, JsonChild};
use xtask_core::results;
use xtask_core::ui::Working;
use xtask_core::variant::Variant;

use super::measuring::{self, JSON, QUICK, SIZE, SOLUTION, TASKS, WORKLOAD};
use super::{CHOICE, Exit, choose_lesson};
use crate::cli::{Args, Command};

mod estimates;
mod screen;

pub const COMMAND: Command = Command {
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
};

/// One of those that are timed: a side of the workload, in one of the programs.
struct Arm {
    name: BenchArmName,
    side: Side,
    program: usize,
}

/// A workload at its setting, with its arms.
struct Group {
    prepared: Prepared,
    at: CaseParams,
    arms: Vec<Arm>,
}

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Course::here()?;
    let lesson = choose_lesson(&course, args)?;
    let all_results = course.root().join("target/many-hands/criterion");
    let folder = all_results.join(lesson.name());
    let baselines = baselines(args, lesson, &folder)?;

    let working = Working::start(&format!("bench of lesson {}", lesson.number()));
    let (mut programs, mut missing) = programs(&course, lesson, args.has(SOLUTION.0), &working)?;
    let groups = groups(args, &mut programs, &mut missing, &working)?;
    working.now("building criterion, once");
    let program = cargo::build_program(&course, "benchmarks", |step| working.now(step))?;
    let mut criterion = JsonChild::start(&mut program.command(), "criterion")?;
    let planned = groups.iter().map(|group| BenchGroup {
        name: group.prepared.name.clone(),
        items: group.prepared.items,
        arms: group.arms.iter().map(|arm| arm.name).collect(),
    });
    let shown = folder.to_str();
    criterion.say(&BenchPlan {
        folder: shown.context("the course's folder is not named in Unicode")?.to_owned(),
        save: baselines.save.map(str::to_owned),
        against: baselines.against.map(str::to_owned),
        quick: args.has(QUICK.0),
        groups: planned.collect(),
    })?;
    let guard = InterruptGuard::start();
    let done = answer_criterion(criterion, &groups, &mut programs, &working, &guard)?;
    drop(working);

    let command = format!("cargo xtask bench {}", lesson.number());
    let subject = "exercise and solution";
    let complete = !guard.is_interrupted();
    let document = BenchDocument {
        header: results::header(Kind::Bench, lesson, subject, &command, complete)?,
        against: baselines.against.map(str::to_owned),
        missing,
        groups: read_estimates(&groups, done, &folder, baselines.against.is_some()),
    };
    let report_page = folder.join("report/index.html");
    let also_kept = Vec::from_iter(report_page.is_file().then_some(report_page));
    let header = &document.header;
    measuring::finish(args, &course, lesson, &document, header, screen::screen, &also_kept)
}

/// Names of baselines: to be kept, or to compare with; at most one of the two.
struct Baselines<'a> {
    save: Option<&'a str>,
    against: Option<&'a str>,
}

/// Folder names that criterion uses itself.
const TAKEN: [&str; 7] = ["", ".", "..", "new", "base", "change", "report"];

fn baselines<'a>(args: &'a Args, lesson: &Lesson, folder: &Path) -> Result<Baselines<'a>> {
    let (save, against) = (args.value("save"), args.value("against"));
    ensure!(
        save.is_none() || against.is_none(),
        "`--save` keeps a baseline and `--against` compares with one: one at a time"
    );
    for name in save.iter().chain(&against) {
        let plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        ensure!(
            name.chars().all(plain) && !TAKEN.contains(name),
            "a baseline is named by letters, digits, `-`, `_` and `.`, and not `{name}`"
        );
    }
    if let Some(name) = against {
        let kept = estimates::baselines(folder);
        let there_are = match kept.len() {
            0 => "none".to_owned(),
            _ => kept.join(", "),
        };
        let number = lesson.number();
        ensure!(
            kept.iter().any(|baseline| baseline == name),
            "no baseline `{name}` was kept for lesson {number}; there are: {there_are}. \
             `cargo xtask bench {number} --save {name}` keeps one"
        );
    }
    Ok(Baselines { save, against })
}

/// The workloads that are asked for, their answers compared. A student's program that cannot do one of them
/// is left out of all, with a sentence.
fn groups(
    args: &Args,
    programs: &mut Vec<BenchProcess>,
    missing: &mut Vec<String>,
    working: &Working,
) -> Result<Vec<Group>> {
    let workloads = programs[0].workloads.clone();
    let mut groups = Vec::new();
    for workload in measuring::choose_workloads(args, &workloads)? {
        let at = measuring::choose_params(args, workload)?;
        working.now(&format!("{}: comparing the answers", workload.info.what));
        let prepared = programs[0].prepare(at)?;
        let arm = |name, side, program| Arm { name, side, program };
        let mut arms = vec![arm(BenchArmName::Serial, Side::Serial, 0)];
        match programs.get_mut(1).map(|own| own.prepare(at)) {
            Some(Ok(_)) => arms.push(arm(BenchArmName::Yours, Side::Subject, 1)),
            Some(Err(error)) => {
                missing.push(format!("yours: {}", first_line(&error)));
                programs.truncate(1);
                let of_model = |group: &mut Group| group.arms.retain(|arm| arm.program == 0);
                groups.iter_mut().for_each(of_model);
            }
            None => {}
        }
        arms.push(arm(BenchArmName::Model, Side::Subject, 0));
        groups.push(Group { prepared, at, arms });
    }
    Ok(groups)
}

/// Runs what criterion asks for, until it ends or the user interrupts: how many arms were timed to their end, in order.
fn answer_criterion(
    criterion: JsonChild,
    groups: &[Group],
    programs: &mut [BenchProcess],
    working: &Working,
    guard: &InterruptGuard,
) -> Result<usize> {
    let count: usize = groups.iter().map(|group| group.arms.len()).sum();
    let begun = Instant::now();
    let mut done = 0;
    let answered = criterion.answer(|asked: TimingRequest| {
        let TimingRequest { group: place, arm: of_group, times } = asked;
        let group = groups.get(place).context("no such group")?;
        let arm = group.arms.get(of_group).context("no such arm")?;
        let before = groups[..place].iter().map(|group| group.arms.len());
        done = before.sum::<usize>() + of_group;
        let left = match done {
            0 => String::new(),
            done => {
                let an_arm = begun.elapsed() / done as u32;
                format!(", about {} s left", (an_arm * (count - done) as u32).as_secs() + 1)
            }
        };
        working.progress(&format!("{} of {count}, {}{left}", done + 1, arm.name.word()));
        let times = u32::try_from(times).unwrap_or(u32::MAX);
        let a_run = programs[arm.program].time(group.at, arm.side, times)?;
        Ok(Timing { seconds: a_run * f64::from(times) })
    });
    match answered {
        Ok(()) => Ok(count),
        Err(_) if guard.is_interrupted() => Ok(done),
        Err(error) => Err(error),
    }
}

/// The `groups` of the document: what criterion has found of the first arms, `done` of them. Files of later ones are those
/// of an earlier run.
fn read_estimates(
    groups: &[Group],
    done: usize,
    folder: &Path,
    changed: bool,
) -> Vec<BenchedWorkload> {
    let mut left = done;
    let of_group = |group: &Group| {
        let Prepared { name, items, .. } = &group.prepared;
        let arms = group.arms.iter().take(left);
        left -= arms.len();
        let arms = arms.filter_map(|arm| estimates::of_arm(folder, name, arm.name, changed));
        BenchedWorkload { workload: name.clone(), items: *items, arms: arms.collect() }
    };
    groups.iter().map(of_group).collect()
}

/// The model's program and, if it can be built, the student's; and a sentence for what is missing.
fn programs(
    course: &Course,
    lesson: &Lesson,
    only_the_model: bool,
    working: &Working,
) -> Result<(Vec<BenchProcess>, Vec<String>)> {
    let mut bench = Workbench::new(course, lesson);
    let mut missing = Vec::new();
    let mut programs = Vec::new();
    let mut subjects = vec![(Variant::Solution, "the model")];
    subjects.extend((!only_the_model).then_some((Variant::Exercise, "yours")));
    for (subject, name) in subjects {
        match CodeUnderTest::OfTheCourse(subject).build(&mut bench, |step| working.now(step))? {
            Built::Ready(checks) => programs.push(BenchProcess::start(&checks, name)?),
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
    text.lines().next().unwrap_or_default().trim_end_matches(':').to_owned()
}

/// Reads a document that criterion has written.
fn read<T: Json>(file: &Path) -> Option<T> {
    from_text(&fs::read_to_string(file).ok()?).ok()
}
