//! `check`: is the code correct, did it run in parallel, and did that pay?

use std::time::{Duration, Instant};

use anyhow::Result;
use serde_json::Value;

use super::{Answer, CHOICE, Verb, chosen};
use crate::cargo::{self, Build};
use crate::checks::{self, Checks};
use crate::cli::Call;
use crate::course::{Course, Lesson};
use crate::progress::{self, Progress};
use crate::report::screen::{self, About};
use crate::report::{self, Working, json};
use crate::subject::{Package, Subject};
use crate::verdict::Verdict;

pub const VERB: Verb = Verb {
    name: "check",
    about: "check your code: correct? concurrent? faster?",
    lesson: Some(CHOICE),
    flags: &[
        ("solution", "check the model solution instead"),
        ("json", "print one JSON document, for programs"),
    ],
    run,
};

fn run(call: &Call) -> Result<Answer> {
    let course = Course::here()?;
    let lesson = chosen(&course, call)?;
    let subject = if call.has("solution") {
        Subject::Solution
    } else {
        Subject::Exercise
    };
    let about = about(&course, lesson, subject)?;
    let (as_json, width) = (call.has("json"), report::width());
    if !as_json {
        report::print(&screen::heading(&about));
    }

    let working = Working::on(&format!("lesson {}", lesson.number()));
    let now = |step: &str| working.now(step);
    let mut outcome = match subject {
        Subject::Exercise if lesson.is_untouched()? => Outcome::not_started(),
        Subject::Exercise => {
            // What passes is what was there before the build; a later save is not done.
            let content = progress::fingerprint(lesson);
            let outcome = judged(&subject.package(lesson), lesson, now)?;
            if outcome.verdict.passed() {
                Progress::read(&course).remember_passed(lesson, content);
            }
            outcome
        }
        Subject::Solution => judged(&subject.package(lesson), lesson, now)?,
    };
    drop(working);
    if !as_json {
        report::print(&screen::verdict(&outcome.verdict, &about, width));
    }
    if outcome.verdict.passed() {
        let _working = Working::on("measuring the speed");
        outcome.measure_speed()?;
    }
    let passed = outcome.verdict.passed();
    if as_json {
        report::print(&format!("{:#}\n", json::check(lesson, subject, &outcome)));
    } else if passed {
        report::print(&screen::speed_and_next(
            &outcome.verdict,
            &outcome.speed,
            &about,
            width,
        ));
    }
    Ok(passed.into())
}

/// What a check came to, and what it took.
#[derive(Debug)]
pub struct Outcome {
    pub verdict: Verdict,
    /// Rustc's, about the subject's own code.
    pub warnings: Vec<String>,
    /// What the speed tier measured, as it was recorded.
    pub speed: Vec<Value>,
    pub spent: Spent,
    /// What was built, where it compiled.
    pub checks: Option<Checks>,
}

/// Where the time went.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    pub building: Duration,
    pub checking: Duration,
    pub measuring: Duration,
}

impl Outcome {
    fn not_started() -> Self {
        Self {
            verdict: Verdict::NotStarted,
            warnings: Vec::new(),
            speed: Vec::new(),
            spent: Spent::default(),
            checks: None,
        }
    }

    /// Runs the speed tier, which needs checks that were built.
    ///
    /// # Errors
    ///
    /// They cannot be started.
    pub fn measure_speed(&mut self) -> Result<()> {
        let begun = Instant::now();
        if let Some(checks) = &self.checks {
            self.speed = checks::measure(checks)?;
        }
        self.spent.measuring = begun.elapsed();
        Ok(())
    }
}

/// Builds a package's checks and runs the tiers that can fail a lesson, and says what it is at as it goes.
///
/// # Errors
///
/// The checks cannot be built or started, for a reason that is not in the subject's code.
pub fn judged(
    package: &Package,
    lesson: &Lesson,
    mut now: impl FnMut(&str) + Send,
) -> Result<Outcome> {
    let begun = Instant::now();
    let build = cargo::build(package, &mut now)?;
    let mut spent = Spent {
        building: begun.elapsed(),
        ..Spent::default()
    };
    let (binary, warnings) = match build {
        Build::Ready { checks, warnings } => (checks, warnings),
        Build::Broken { errors } => {
            let verdict = Verdict::DidNotCompile { errors };
            return Ok(Outcome {
                verdict,
                spent,
                ..Outcome::not_started()
            });
        }
    };
    now("running the checks");
    let begun = Instant::now();
    let checks = checks::in_binary(binary, package, lesson)?;
    let verdict = checks::judge(&checks)?;
    spent.checking = begun.elapsed();
    Ok(Outcome {
        verdict,
        warnings,
        spent,
        checks: Some(checks),
        speed: Vec::new(),
    })
}

/// What the screens say of a lesson.
fn about(course: &Course, lesson: &Lesson, subject: Subject) -> Result<About> {
    let hints = lesson.hints()?;
    let shown = Progress::read(course)
        .hints_shown(lesson)
        .min(hints.len() - 1);
    let hint = format!(
        "{} of {}, {}",
        shown + 1,
        hints.len(),
        hints[shown].title.to_lowercase()
    );
    Ok(About {
        number: lesson.number().to_owned(),
        title: lesson.title()?,
        code: lesson.shown(&subject.package(lesson).code()),
        chapter: lesson.shown(&lesson.folder().join("README.md")),
        hint: (subject == Subject::Exercise).then_some(hint),
        next: course.after(lesson).map(|next| next.number().to_owned()),
        own: subject == Subject::Exercise,
    })
}
