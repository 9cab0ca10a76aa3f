//! `trace`: who did what, when, in one run.

use anyhow::Result;
use measure::protocol::{Kind, Trace, TraceDocument};
use xtask_core::bench_process::{BenchProcess, CaseParams};
use xtask_core::course::{Course, Lesson};
use xtask_core::process::InterruptGuard;
use xtask_core::results;
use xtask_core::ui::Working;

use super::measuring::{self, JSON, SIZE, SOLUTION, SUBJECT, TASKS, WORKLOAD};
use super::{CHOICE, Exit, choose_lesson};
use crate::cli::{self, Args, Command};

mod screen;
mod words;

pub(super) use screen::screen;

pub const COMMAND: Command = Command {
    name: "trace",
    about: "who did what, when: a picture of a run",
    lesson: Some(CHOICE),
    more: None,
    flags: &[
        ("threads N", "this many threads, instead of one per core"),
        SIZE,
        TASKS,
        WORKLOAD,
        SUBJECT,
        SOLUTION,
        ("quick", "no pictures, only the terminal"),
        JSON,
    ],
};

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Course::here()?;
    let lesson = choose_lesson(&course, args)?;
    let subject = measuring::subject(args)?;
    let working = Working::start(&format!("tracing lesson {}", lesson.number()));
    let mut process = measuring::start_process(&course, lesson, &subject, &working)?;
    let guard = InterruptGuard::start();
    let interrupted = || guard.is_interrupted();
    let document = document(args, lesson, &mut process, &working, interrupted)?;
    drop(working);
    let header = &document.header;
    measuring::finish(args, &course, lesson, &document, header, screen, &[])
}

/// The document of `trace LESSON` without more words.
pub(super) fn of_exercise(
    course: &Course,
    lesson: &Lesson,
    working: &Working,
) -> Result<TraceDocument> {
    let args = cli::parse(&[&COMMAND], [COMMAND.name, lesson.name()].map(Into::into))?;
    let subject = measuring::subject(&args)?;
    let mut process = measuring::start_process(course, lesson, &subject, working)?;
    document(&args, lesson, &mut process, working, || false)
}

/// Traces what the arguments are about, and says what it is at as it goes. Once interrupted, it holds the traces there are so far.
fn document(
    args: &Args,
    lesson: &Lesson,
    process: &mut BenchProcess,
    working: &Working,
    interrupted: impl Fn() -> bool,
) -> Result<TraceDocument> {
    let subject = measuring::subject(args)?;
    let threads = args.count("threads")?.map(usize::from);
    let workloads = process.workloads.clone();
    let mut traces = Vec::new();
    for workload in measuring::choose_workloads(args, &workloads)? {
        working.now(&workload.info.what);
        let at = CaseParams { threads, ..measuring::choose_params(args, workload)? };
        match trace(at, process) {
            Ok(trace) => traces.extend(trace),
            Err(_) if interrupted() => break,
            Err(error) => return Err(error),
        }
    }

    let command = measuring::command_line("trace", lesson, &subject);
    let complete = !interrupted();
    Ok(TraceDocument {
        header: results::header(Kind::Trace, lesson, subject.name(), &command, complete)?,
        traces,
    })
}

/// A trace of the document; `None` if the workload's runs cannot be traced.
fn trace(at: CaseParams, process: &mut BenchProcess) -> Result<Option<Trace>> {
    let workload = process.prepare(at)?.name;
    let trace = process.trace(at)?.map(|run| Trace {
        workload,
        overhead: run.wall_s / run.untraced_s,
        words: words::words(&run),
        run,
    });
    Ok(trace)
}
