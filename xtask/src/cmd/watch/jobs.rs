//! What takes its time, done beside the screen.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread;

use anyhow::Result;
use measure::protocol::{SpeedRecord, TraceDocument};
use xtask_core::course::{Course, Lesson};
use xtask_core::process::CancelToken;
use xtask_core::progress::{self, Milestone};
use xtask_core::ui::Working;
use xtask_core::ui::screen::About;
use xtask_core::variant::Variant;
use xtask_core::verdict::Verdict;

use crate::cmd::check::Timed;
use crate::cmd::{check, trace};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    Check,
    Trace,
}

/// What happens to a job. `Ended` or `Panicked` comes last.
#[derive(Debug)]
pub enum JobEvent {
    /// A check begins of the code with this fingerprint.
    Began(Option<u64>),
    Step(String),
    Verdict(Verdict, About),
    Timed(Vec<SpeedRecord>),
    Traced(TraceDocument),
    /// With the reason why it could not be done.
    Ended(Option<String>),
    /// This program has a mistake in it.
    Panicked(Box<dyn Any + Send>),
}

/// Starts a job, which reports its events. A [`CancelToken`] ends it soon.
pub fn start(
    job: Job,
    course: &Arc<Course>,
    lesson: &Lesson,
    tell: impl Fn(JobEvent) + Clone + Send + Sync + 'static,
) {
    let (course, lesson) = (Arc::clone(course), lesson.clone());
    thread::spawn(move || {
        let done = panic::catch_unwind(AssertUnwindSafe(|| match job {
            Job::Check => check(&course, &lesson, &tell),
            Job::Trace => trace(&course, &lesson, &tell),
        }));
        tell(match done {
            Ok(Ok(())) => JobEvent::Ended(None),
            Ok(Err(error)) => JobEvent::Ended(Some(format!("{error:#}"))),
            Err(panic) => JobEvent::Panicked(panic),
        });
    });
}

fn check(course: &Course, lesson: &Lesson, tell: &(impl Fn(JobEvent) + Sync)) -> Result<()> {
    let step = |step: &str| tell(JobEvent::Step(step.to_owned()));
    let content = progress::fingerprint(lesson);
    tell(JobEvent::Began(content));
    let outcome = check::exercise(course, lesson, content, step)?;
    let passed = outcome.verdict.has_passed();
    let about = check::about(course, lesson, Variant::Exercise)?;
    tell(JobEvent::Verdict(outcome.verdict, about.clone()));
    if !passed {
        return Ok(());
    }
    let timed = check::time_code(course, Variant::Exercise, lesson, step)?;
    // What was stopped on the way has not been timed.
    if CancelToken::is_cancelled() {
        return Ok(());
    }
    match timed {
        Timed::Passed(speed) => {
            check::remember(course, lesson, content, Milestone::Measured);
            tell(JobEvent::Timed(speed));
        }
        Timed::Failed(verdict) => tell(JobEvent::Verdict(verdict, about)),
    }
    Ok(())
}

fn trace(
    course: &Course,
    lesson: &Lesson,
    tell: &(impl Fn(JobEvent) + Clone + Send + Sync + 'static),
) -> Result<()> {
    let step = tell.clone();
    let working = Working::with_listener(move |detail| step(JobEvent::Step(detail)));
    let document = trace::of_exercise(course, lesson, &working)?;
    drop(working);
    tell(JobEvent::Traced(document));
    Ok(())
}
