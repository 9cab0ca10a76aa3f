//! `trace`: who did what, when, in one run.

use anyhow::Result;
use serde_json::{Value, json};
use xtask_core::course::{Course, Lesson};
use xtask_core::process::Staying;
use xtask_core::report::Working;
use xtask_core::results;
use xtask_core::served::{At, Served};

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
    let mut served = measuring::served(&course, lesson, &subject, &working)?;
    let staying = Staying::through_an_interrupt();
    let interrupted = || staying.interrupted();
    let document = document(call, lesson, &mut served, &working, interrupted)?;
    drop(working);
    let finish = Finish {
        course: &course,
        lesson,
        screen,
        drawn: !call.has("quick"),
        also_kept: Vec::new(),
    };
    measuring::finish(call, &document, finish)
}

/// The document of `trace LESSON` without more words.
///
/// # Errors
///
/// The student's code is not started, does not compile or cannot be run.
pub(super) fn of_exercise(course: &Course, lesson: &Lesson, working: &Working) -> Result<Value> {
    let call = cli::parse(&[&VERB], [VERB.name, lesson.name()].map(Into::into))?;
    let subject = measuring::subject(&call)?;
    let mut served = measuring::served(course, lesson, &subject, working)?;
    document(&call, lesson, &mut served, working, || false)
}

/// Traces what a call is about, and says what it is at as it goes. Once interrupted, it holds the traces there are so far.
fn document(
    call: &Call,
    lesson: &Lesson,
    served: &mut Served,
    working: &Working,
    interrupted: impl Fn() -> bool,
) -> Result<Value> {
    let subject = measuring::subject(call)?;
    let threads = call.count("threads")?.map(usize::from);
    let workloads = served.workloads.clone();
    let mut traces = Vec::new();
    for workload in measuring::chosen(call, &workloads)? {
        working.now(&workload.what);
        let at = At {
            threads,
            ..measuring::at(call, workload)?
        };
        match traced(at, served) {
            Ok(trace) => traces.extend(trace),
            Err(_) if interrupted() => break,
            Err(error) => return Err(error),
        }
    }

    let command = measuring::command("trace", lesson, &subject);
    let mut document = results::document("trace", lesson, subject.name(), &command)?;
    document["complete"] = json!(!interrupted());
    document["traces"] = json!(traces);
    Ok(document)
}

/// A `trace` of the document; `None` if the workload's runs cannot be followed.
fn traced(at: At, served: &mut Served) -> Result<Option<Value>> {
    let name = served.prepare(at)?.name;
    let mut trace = served.ask(&json!({ "trace": at.to_json() }))?;
    if trace.is_null() {
        return Ok(None);
    }
    let seconds = |trace: &Value, name: &str| trace[name].as_f64().unwrap_or(f64::NAN);
    let overhead = seconds(&trace, "wall_s") / seconds(&trace, "untraced_s");
    trace["workload"] = json!(name);
    trace["overhead"] = json!(overhead);
    trace["words"] = json!(words::words(&trace));
    Ok(Some(trace))
}
