//! What the measuring commands share: whose code is meant, and the program that runs it.

use std::path::PathBuf;

use anyhow::{Result, bail};
use measure::protocol::{Header, Json, Kind};
use xtask_core::bench_process::{BenchProcess, CaseParams, Workload};
use xtask_core::code_under_test::{Built, CodeUnderTest, Workbench};
use xtask_core::course::{Course, Lesson};
use xtask_core::results;
use xtask_core::ui::{self, Working};

use super::Exit;
use crate::cli::Args;

pub const SUBJECT: (&str, &str) =
    ("subject WHOSE", "`mine` (else this), `solution`, or a folder with a `src`");
pub const SOLUTION: (&str, &str) = ("solution", "measure the model solution");
pub const QUICK: (&str, &str) = ("quick", "fewer rounds, wider intervals");
pub const JSON: (&str, &str) = ("json", "print one JSON document, for programs");
pub const WORKLOAD: (&str, &str) = ("workload K", "only the lesson's K-th workload");
pub const SIZE: (&str, &str) = ("size N", "another size: samples, points");
pub const TASKS: (&str, &str) = ("tasks N", "another number of tasks, where it can be chosen");

/// Rounds of a measurement: the interval of 15 leaves out the three lowest and highest, that of 6 none, and with fewer
/// there is no interval of 95 %.
pub fn rounds(args: &Args) -> usize {
    if args.has("quick") { 6 } else { 15 }
}

/// Whose code the arguments are about.
///
/// # Errors
///
/// It names two, or a folder that holds no submission.
pub fn subject(args: &Args) -> Result<CodeUnderTest> {
    match (args.value("subject"), args.has("solution")) {
        (Some(_), true) => {
            bail!("`--subject` and `--solution` both say whose code is meant; give one")
        }
        (Some(name), false) => CodeUnderTest::from_name(name),
        (None, true) => CodeUnderTest::from_name("solution"),
        (None, false) => CodeUnderTest::from_name("mine"),
    }
}

/// Builds the subject and starts it as a program that runs its workloads on request.
///
/// # Errors
///
/// It is not started or does not compile; the message says what to do instead.
pub fn start_process(
    course: &Course,
    lesson: &Lesson,
    subject: &CodeUnderTest,
    working: &Working,
) -> Result<BenchProcess> {
    let mut bench = Workbench::new(course, lesson);
    match subject.build(&mut bench, |step| working.now(step))? {
        Built::Ready(checks) => {
            working.now("starting");
            BenchProcess::start(&checks, subject.name())
        }
        Built::Not { why, errors } => {
            let number = lesson.number();
            let next =
                format!("`cargo xtask check {number}` helps on; `--solution` measures the model");
            match errors.first() {
                Some(first) => bail!("{why}; {next}\n\n{first}"),
                None => bail!("{why}; {next}"),
            }
        }
    }
}

/// The workloads that the arguments are about.
///
/// # Errors
///
/// There is no such workload; the message lists those there are.
pub fn choose_workloads<'a>(args: &Args, workloads: &'a [Workload]) -> Result<Vec<&'a Workload>> {
    let Some(number) = args.count("workload")? else {
        return Ok(workloads.iter().collect());
    };
    match workloads.get(number.get() - 1) {
        Some(workload) => Ok(vec![workload]),
        None => {
            let list: String = workloads
                .iter()
                .map(|workload| format!("\n  {}  {}", workload.index + 1, workload.info.what))
                .collect();
            bail!("there is no workload {number}; there are:{list}")
        }
    }
}

/// What to type to see the same again.
pub fn command_line(command: &str, lesson: &Lesson, subject: &CodeUnderTest) -> String {
    let whose = match subject.name() {
        "exercise" => String::new(),
        "solution" => " --solution".to_owned(),
        path => format!(" --subject {path}"),
    };
    format!("cargo xtask {command} {}{whose}", lesson.number())
}

/// The parameters that the arguments choose for a workload; what it does not choose is as usual.
pub fn choose_params(args: &Args, workload: &Workload) -> Result<CaseParams> {
    let count = |name| Ok::<_, anyhow::Error>(args.count(name)?.map(usize::from));
    Ok(CaseParams {
        size: count("size")?,
        tasks: count("tasks")?.filter(|_| workload.info.tasks.is_some()),
        ..workload.usual()
    })
}

/// Keeps the document under its kind, draws it if there are pictures of that kind, and prints it: with `--json` as it is, else
/// by `screen`, which is given a width, with the places of all files. How the command ends follows from its `complete`.
pub fn finish<D: Json>(
    args: &Args,
    course: &Course,
    lesson: &Lesson,
    document: &D,
    header: &Header,
    screen: fn(&D, usize) -> String,
    also_kept: &[PathBuf],
) -> Result<Exit> {
    let complete = header.complete;
    let place = results::place(course, header.kind.word(), lesson);
    let is_drawn = match header.kind {
        Kind::Sweep | Kind::Compare => true,
        Kind::Trace => !args.has(QUICK.0),
        Kind::Bench | Kind::Peers => false,
    };
    let kept = results::keep_and_draw(course, lesson, &place, document, is_drawn && complete)?;
    if args.has(JSON.0) {
        ui::print(&format!("{:#}\n", document.to_json()));
    } else {
        ui::print(&screen(document, ui::width()));
        if !complete {
            ui::print("interrupted: this is what was complete\n\n");
        }
        let also_kept = also_kept.iter().map(|file| lesson.display_path(file));
        for file in kept.into_iter().chain(also_kept) {
            let label = ui::apply_style(ui::FAINT, "kept:");
            ui::print(&format!("  {label} {file}\n"));
        }
    }
    Ok(if complete { Exit::Passed } else { Exit::Interrupted })
}
