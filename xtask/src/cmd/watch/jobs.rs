//! What takes its time, done beside the screen.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread;

use anyhow::Result;
use serde_json::Value;
use xtask_core::course::{Course, Lesson};
use xtask_core::process::CancelToken;
use xtask_core::progress::{self, Reached};
use xtask_core::report::Working;
use xtask_core::report::screen::About;
use xtask_core::subject::Subject;
use xtask_core::verdict::Verdict;

use crate::cmd::{check, trace};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    Check,
    Trace,
}

/// What is told of a job. The end comes last, whatever happens.
#[derive(Debug)]
pub enum News {
    /// A check begins of the code with this fingerprint.
    Began(Option<u64>),
    Step(String),
    Judged(Verdict, About),
    Timed(Vec<Value>),
    /// The document of a trace.
    Traced(Value),
    /// With the reason why it could not be done.
    Ended(Option<String>),
    /// This program has a mistake in it.
    Panicked(Box<dyn Any + Send>),
}

/// Starts a job, which tells of itself. A [`CancelToken`] ends it soon.
pub fn start(
    job: Job,
    course: &Arc<Course>,
    lesson: &Lesson,
    tell: impl Fn(News) + Clone + Send + Sync + 'static,
) {
    let (course, lesson) = (Arc::clone(course), lesson.clone());
    thread::spawn(move || {
        let done = panic::catch_unwind(AssertUnwindSafe(|| match job {
            Job::Check => check(&course, &lesson, &tell),
            Job::Trace => trace(&course, &lesson, &tell),
        }));
        tell(match done {
            Ok(Ok(())) => News::Ended(None),
            Ok(Err(error)) => News::Ended(Some(format!("{error:#}"))),
            Err(panic) => News::Panicked(panic),
        });
    });
}

fn check(course: &Course, lesson: &Lesson, tell: &(impl Fn(News) + Sync)) -> Result<()> {
    let step = |step: &str| tell(News::Step(step.to_owned()));
    let content = progress::fingerprint(lesson);
    tell(News::Began(content));
    let outcome = check::exercise(course, lesson, content, step)?;
    let passed = outcome.verdict.passed();
    let about = check::about(course, lesson, Subject::Exercise)?;
    tell(News::Judged(outcome.verdict, about));
    if passed {
        let timed = check::timed(Subject::Exercise, lesson, step)?;
        // What was stopped on the way has not been timed.
        if !CancelToken::is_cancelled() {
            check::remember(course, lesson, content, Reached::Measured);
            tell(News::Timed(timed));
        }
    }
    Ok(())
}

fn trace(
    course: &Course,
    lesson: &Lesson,
    tell: &(impl Fn(News) + Clone + Send + Sync + 'static),
) -> Result<()> {
    let step = tell.clone();
    let working = Working::told_to(move |detail| step(News::Step(detail)));
    let document = trace::of_exercise(course, lesson, &working)?;
    drop(working);
    tell(News::Traced(document));
    Ok(())
}
