//! `trace`: who did what, when, in one run.

use anyhow::Result;
use measure::protocol::{Kind, Trace, TraceDocument};
use xtask_core::bench_process::{BenchProcess, CaseParams};
use xtask_core::course::{Course, Lesson};
use xtask_core::process::Staying;
use xtask_core::report::Working;
use xtask_core::results;

use super::measuring::{self, Finish, JSON, SIZE, SOLUTION, SUBJECT, TASKS, WORKLOAD};
use super::{Answer, CHOICE, chosen};
use crate::cli::{self, Call, Verb};

mod screen;
mod words;

pub(super) use screen::screen;

pub const VERB: Verb = Verb {
    name: "trace",
    about: "who did what, when: a picture of a run",
    lesson: Some(CHOICE),
    more: None,
    flags: &[
        ("threads N", "so many threads, instead of one a core"),
        SIZE,
        TASKS,
        WORKLOAD,
        SUBJECT,
        SOLUTION,
        ("quick", "no pictures, only the terminal"),
        JSON,
    ],
};

pub(super) fn run(call: &Call) -> Result<Answer> {
    let course = Course::here()?;
    let lesson = chosen(&course, call)?;
    let subject = measuring::subject(call)?;
    let working = Working::on(&format!("tracing lesson {}", lesson.number()));
    let mut process = measuring::start_process(&course, lesson, &subject, &working)?;
    let staying = Staying::through_an_interrupt();
    let interrupted = || staying.interrupted();
    let document = document(call, lesson, &mut process, &working, interrupted)?;
    drop(working);
    let finish = Finish {
        course: &course,
        lesson,
        screen,
        drawn: !call.has("quick"),
        also_kept: Vec::new(),
    };
    measuring::finish(call, &document, &document.header, finish)
}

/// The document of `trace LESSON` without more words.
///
/// # Errors
///
/// The student's code is not started, does not compile or cannot be run.
pub(super) fn of_exercise(
    course: &Course,
    lesson: &Lesson,
    working: &Working,
) -> Result<TraceDocument> {
    let call = cli::parse(&[&VERB], [VERB.name, lesson.name()].map(Into::into))?;
    let subject = measuring::subject(&call)?;
    let mut process = measuring::start_process(course, lesson, &subject, working)?;
    document(&call, lesson, &mut process, working, || false)
}

/// Traces what a call is about, and says what it is at as it goes. Once interrupted, it holds the traces there are so far.
fn document(
    call: &Call,
    lesson: &Lesson,
    process: &mut BenchProcess,
    working: &Working,
    interrupted: impl Fn() -> bool,
) -> Result<TraceDocument> {
    let subject = measuring::subject(call)?;
    let threads = call.count("threads")?.map(usize::from);
    let workloads = process.workloads.clone();
    let mut traces = Vec::new();
    for workload in measuring::chosen(call, &workloads)? {
        working.now(&workload.info.what);
        let at = CaseParams {
            threads,
            ..measuring::at(call, workload)?
        };
        match trace(at, process) {
            Ok(trace) => traces.extend(trace),
            Err(_) if interrupted() => break,
            Err(error) => return Err(error),
        }
    }

    let command = measuring::command("trace", lesson, &subject);
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
