//! `verify`: the course checks itself.
//!
//! For every lesson: the skeleton compiles without a warning and fails because it is not written yet, the model passes,
//! and every known submission gets the verdict that its first lines state. Skeleton and submissions are built on a
//! [`Stage`], so that it does not matter what the student's own exercise holds.

use std::fs;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result, anyhow};

use super::check::{judged, released};
use super::{Answer, Verb};
use crate::checks;
use crate::cli::Call;
use crate::course::{Course, Lesson};
use crate::report::{self, Working};
use crate::subject::{Stage, Subject};
use crate::submissions::{self, Expected, Known};
use crate::verdict::{Fault, Judged, Verdict};

pub const VERB: Verb = Verb {
    name: "verify",
    about: "for authors: does the course check out?",
    lesson: Some("every lesson"),
    more: None,
    flags: &[("quick", "build the submissions without optimisation")],
    run,
};

/// A lesson knows at least so many mistakes, and so many unusual ways to be right.
const FEWEST_WRONG: usize = 12;
const FEWEST_RIGHT: usize = 3;
/// Each lesson's hints come in so many stages.
const HINTS: usize = 3;

fn run(call: &Call) -> Result<Answer> {
    let course = Course::here()?;
    let lessons = match &call.lesson {
        Some(name) => std::slice::from_ref(course.lesson(name)?),
        None => course.lessons(),
    };
    let mut all_hold = true;
    for lesson in lessons {
        let (promises, faults) = verified(&course, lesson, call.has("quick"))?;
        let sign = if faults.is_empty() {
            report::styled(report::GOOD, "✓")
        } else {
            report::styled(report::BAD, "✗")
        };
        report::print(&format!("{sign} lesson {}: {promises}\n", lesson.name()));
        for fault in &faults {
            report::print(&format!("    {fault}\n"));
        }
        all_hold &= faults.is_empty();
    }
    Ok(all_hold.into())
}

/// What was verified of a lesson, in a line, and what does not hold.
fn verified(course: &Course, lesson: &Lesson, quick: bool) -> Result<(String, Vec<String>)> {
    let known = submissions::of(lesson)?;
    let wrong = known
        .iter()
        .filter(|known| known.expected != Expected::Accepted)
        .count();
    let right = known.len() - wrong;
    lesson.title()?;
    let mut faults = Vec::new();
    let hints = lesson.hints()?.len();
    if hints != HINTS {
        faults.push(format!("its hints have {hints} stages, not {HINTS}"));
    }
    if wrong < FEWEST_WRONG || right < FEWEST_RIGHT {
        faults.push(format!(
            "it knows {wrong} wrong and {right} right submissions; at least {FEWEST_WRONG} and {FEWEST_RIGHT} are asked for"
        ));
    }
    let working = Working::on(&format!("verifying lesson {}", lesson.number()));
    working.now("the model");
    faults.extend(fault_of_model(lesson)?);
    working.now("the skeleton");
    faults.extend(fault_of_skeleton(
        lesson,
        &Stage::lay_out(course, lesson, "0", quick)?,
    )?);
    faults.extend(faults_of_known(course, lesson, &known, quick, &working)?);
    let promises = format!(
        "the skeleton is to be written, the model passes, {wrong} wrong submissions are rejected for their mistake, \
         {right} right ones accepted"
    );
    Ok((promises, faults))
}

fn fault_of_model(lesson: &Lesson) -> Result<Option<String>> {
    let package = Subject::Solution.package(lesson);
    let outcome = judged(&package, lesson, |_| ())?;
    if let Some(fault) = Expected::Accepted.differs(&outcome.verdict) {
        return Ok(Some(format!("the model {fault}")));
    }
    let measured = checks::measure(&released(&package, lesson, |_| ())?)?;
    Ok(measured
        .is_empty()
        .then(|| "the model's speed tier measures nothing".to_owned()))
}

/// Why the pristine skeleton is not as it should be, if it is not.
fn fault_of_skeleton(lesson: &Lesson, stage: &Stage) -> Result<Option<String>> {
    let outcome = judged(stage.put(&lesson.skeleton()?, "")?, lesson, |_| ())?;
    if !outcome.warnings.is_empty() {
        return Ok(Some(format!(
            "the skeleton compiles with warnings: {}",
            outcome.warnings.join("\n")
        )));
    }
    let not_written = |tier: &Judged| {
        tier.failures.len() == tier.tests
            && tier
                .failures
                .iter()
                .all(|failure| matches!(failure.fault, Fault::NotWritten { .. }))
    };
    Ok(match &outcome.verdict {
        Verdict::Judged(tiers) if tiers.iter().all(not_written) => None,
        Verdict::Judged(_) => {
            Some("some correct check of the skeleton does not end at a `todo!`".to_owned())
        }
        Verdict::DidNotCompile { errors } => Some(format!(
            "the skeleton does not compile: {}",
            errors.join("\n")
        )),
        Verdict::NotStarted => Some("the skeleton was not run".to_owned()),
    })
}

/// Which known submissions get another verdict than they state; as many at a time as there are cores.
fn faults_of_known(
    course: &Course,
    lesson: &Lesson,
    known: &[Known],
    quick: bool,
    working: &Working,
) -> Result<Vec<String>> {
    let model = fs::read_to_string(lesson.solution().join("src/lib.rs"))
        .context("the model cannot be read")?;
    let waiting = Mutex::new(known.iter());
    let faults = Mutex::new(Vec::new());
    let worker = |number: usize| -> Result<()> {
        let stage = Stage::lay_out(course, lesson, &number.to_string(), quick)?;
        loop {
            let next = waiting
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .next();
            let Some(known) = next else { return Ok(()) };
            working.now(&known.name);
            let verdict = judged(stage.put(&known.code, &model)?, lesson, |_| ())
                .with_context(|| known.name.clone())?
                .verdict;
            if let Some(fault) = known.expected.differs(&verdict) {
                let mut faults = faults.lock().unwrap_or_else(PoisonError::into_inner);
                faults.push(format!("{} {fault}", known.name));
            }
        }
    };
    let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|number| scope.spawn(move || worker(number)))
            .collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .map_err(|_| anyhow!("a worker of `verify` panicked"))?
        })
    })?;
    let mut faults = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
    faults.sort();
    Ok(faults)
}
