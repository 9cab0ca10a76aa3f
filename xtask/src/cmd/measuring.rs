//! What the measuring verbs share: whose code is meant, and the program that runs it.

use std::path::PathBuf;

use anyhow::{Result, bail};
use measure::protocol::{Header, Json};
use xtask_core::bench_process::{BenchProcess, CaseParams, Workload};
use xtask_core::code_under_test::{Built, CodeUnderTest, Workbench};
use xtask_core::course::{Course, Lesson};
use xtask_core::report::{self, Working};
use xtask_core::results;

use super::Answer;
use crate::cli::Call;

pub const SUBJECT: (&str, &str) = (
    "subject WHOSE",
    "`mine` (else this), `solution`, or a folder with a `src`",
);
pub const SOLUTION: (&str, &str) = ("solution", "measure the model solution");
pub const QUICK: (&str, &str) = ("quick", "fewer rounds, wider intervals");
pub const JSON: (&str, &str) = ("json", "print one JSON document, for programs");
pub const WORKLOAD: (&str, &str) = ("workload K", "only the lesson's K-th workload");
pub const SIZE: (&str, &str) = ("size N", "another size: samples, points");
pub const TASKS: (&str, &str) = ("tasks N", "another number of tasks, where it can be chosen");

/// Rounds of a measurement: the interval of 15 leaves out the three lowest and highest, that of 6 none, and with fewer
/// there is no interval of 95 %.
pub fn rounds(call: &Call) -> usize {
    if call.has("quick") { 6 } else { 15 }
}

/// Whose code a call is about.
///
/// # Errors
///
/// It names two, or a folder that holds no submission.
pub fn subject(call: &Call) -> Result<CodeUnderTest> {
    match (call.value("subject"), call.has("solution")) {
        (Some(_), true) => {
            bail!("`--subject` and `--solution` both say whose code is meant; give one")
        }
        (Some(name), false) => CodeUnderTest::named(name),
        (None, true) => CodeUnderTest::named("solution"),
        (None, false) => CodeUnderTest::named("mine"),
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

/// The workloads that a call is about.
///
/// # Errors
///
/// There is no such workload; the message lists those there are.
pub fn chosen<'a>(call: &Call, workloads: &'a [Workload]) -> Result<Vec<&'a Workload>> {
    let Some(number) = call.count("workload")? else {
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
pub fn command(verb: &str, lesson: &Lesson, subject: &CodeUnderTest) -> String {
    let whose = match subject.name() {
        "exercise" => String::new(),
        "solution" => " --solution".to_owned(),
        path => format!(" --subject {path}"),
    };
    format!("cargo xtask {verb} {}{whose}", lesson.number())
}

/// The parameters that a call chooses for a workload; what it does not choose is as usual.
///
/// # Errors
///
/// What it chooses is no count.
pub fn at(call: &Call, workload: &Workload) -> Result<CaseParams> {
    let count = |name| Ok::<_, anyhow::Error>(call.count(name)?.map(usize::from));
    Ok(CaseParams {
        size: count("size")?,
        tasks: count("tasks")?.filter(|_| workload.info.tasks.is_some()),
        ..workload.usual()
    })
}

/// What is done with a document in the end.
pub struct Finish<'a, D> {
    pub course: &'a Course,
    pub lesson: &'a Lesson,
    /// The document as a screen of this width.
    pub screen: fn(&D, usize) -> String,
    /// Whether there are pictures of it.
    pub drawn: bool,
    /// Files that lie there already.
    pub also_kept: Vec<PathBuf>,
}

/// Keeps the document under its kind, draws it, and prints it, as a screen with the places of all files or as it is. How
/// the verb ends follows from its `complete`.
///
/// # Errors
///
/// The build folder cannot be written.
pub fn finish<D: Json>(
    call: &Call,
    document: &D,
    header: &Header,
    finish: Finish<D>,
) -> Result<Answer> {
    let Finish { course, lesson, .. } = finish;
    let complete = header.complete;
    let place = results::place(course, header.kind.word(), lesson);
    let draw = finish.drawn && complete;
    let kept = results::keep_and_draw(course, lesson, &place, document, draw)?;
    if call.has(JSON.0) {
        report::print(&format!("{:#}\n", document.to_json()));
    } else {
        report::print(&(finish.screen)(document, report::width()));
        if !complete {
            report::print("interrupted: this is what was complete\n\n");
        }
        let also_kept = finish.also_kept.iter().map(|file| lesson.shown(file));
        for file in kept.into_iter().chain(also_kept) {
            let label = report::styled(report::FAINT, "kept:");
            report::print(&format!("  {label} {file}\n"));
        }
    }
    Ok(if complete {
        Answer::Passed
    } else {
        Answer::Interrupted
    })
}
