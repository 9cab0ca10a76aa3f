//! `check`: is the code correct, did it run in parallel, and did that pay?

use std::time::Instant;

use anyhow::{Result, anyhow};
use measure::protocol::{Json, SpeedRecord};
use xtask_core::check::{Outcome, build_release, judge_package};
use xtask_core::course::{Course, Lesson};
use xtask_core::progress::{self, Milestone, Progress};
use xtask_core::test_binary;
use xtask_core::ui::screen::{self, About};
use xtask_core::ui::{self, Working, json};
use xtask_core::variant::Variant;
use xtask_core::verdict::{Tier, Verdict};

use super::{CHOICE, Exit, choose_lesson};
use crate::cli::{Args, Command};

pub const COMMAND: Command = Command {
    name: "check",
    about: "check your code: correct? concurrent? faster?",
    lesson: Some(CHOICE),
    more: None,
    flags: &[
        ("solution", "check the model solution instead"),
        ("json", "print one JSON document, for programs"),
    ],
};

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Course::here()?;
    let lesson = choose_lesson(&course, args)?;
    let variant = if args.has("solution") { Variant::Solution } else { Variant::Exercise };
    let about = about(&course, lesson, variant)?;
    let (as_json, width) = (args.has("json"), ui::width());
    if !as_json {
        ui::print(&screen::heading(&about));
    }

    let working = Working::start(&format!("lesson {}", lesson.number()));
    let now = |step: &str| working.now(step);
    let content = progress::fingerprint(lesson);
    let mut outcome = match variant {
        Variant::Exercise => exercise(&course, lesson, content, now)?,
        Variant::Solution => judge_package(&variant.package(lesson), lesson, now)?,
    };
    drop(working);
    if !as_json {
        ui::print(&screen::verdict(&outcome.verdict, &about, width));
    }
    if outcome.verdict.has_passed() {
        let working = Working::start("the speed tier");
        let begun = Instant::now();
        let timed = time_code(&course, variant, lesson, |step| working.now(step))?;
        drop(working);
        outcome.spent.measuring = begun.elapsed().as_secs_f64();
        match timed {
            Timed::Passed(speed) => {
                outcome.speed = speed;
                if variant == Variant::Exercise {
                    remember(&course, lesson, content, Milestone::Measured);
                }
            }
            Timed::Failed(verdict) => {
                if !as_json {
                    ui::print(&screen::verdict(&verdict, &about, width));
                }
                outcome.verdict = verdict;
            }
        }
    }
    let passed = outcome.verdict.has_passed();
    if as_json {
        ui::print(&format!("{:#}\n", json::check(lesson, variant, &outcome).to_json()));
    } else if passed {
        ui::print(&screen::speed_and_next(&outcome.verdict, &outcome.speed, &about, width));
    }
    Ok(passed.into())
}

/// Checks the student's code, whose [`progress::fingerprint`] is this, up to the speed tier, and remembers what holds.
pub(super) fn exercise(
    course: &Course,
    lesson: &Lesson,
    content: Option<u64>,
    now: impl FnMut(&str) + Send,
) -> Result<Outcome> {
    if lesson.is_untouched()? {
        return Ok(Outcome::not_started());
    }
    let outcome = judge_package(&Variant::Exercise.package(lesson), lesson, now)?;
    if outcome.verdict.has_passed() {
        remember(course, lesson, content, Milestone::Concurrent);
    } else if outcome.verdict.holds(Tier::Correct) {
        remember(course, lesson, content, Milestone::Correct);
    }
    Ok(outcome)
}

/// Remembers what holds of the code that was there before the build, unless the code has changed since: then it is not known
/// which of the two it holds of.
pub(super) fn remember(
    course: &Course,
    lesson: &Lesson,
    content: Option<u64>,
    milestone: Milestone,
) {
    if let Some(content) = content.filter(|_| content == progress::fingerprint(lesson)) {
        Progress::read(course).remember(lesson, content, milestone);
    }
}

/// What came of code that passed when it was built for a release.
pub(super) enum Timed {
    /// It passed again: the records of the speed tier.
    Passed(Vec<SpeedRecord>),
    /// It depends on what only the other build has, such as `debug_assertions`.
    Failed(Verdict),
}

/// Times code that passed. Since it is built anew for that, it is judged once more: what is timed is what was checked.
/// If it fails then, the pass that was remembered of the exercise is forgotten.
pub(super) fn time_code(
    course: &Course,
    variant: Variant,
    lesson: &Lesson,
    mut now: impl FnMut(&str) + Send,
) -> Result<Timed> {
    let checks = build_release(variant.package(lesson), lesson, &mut now)?;
    let checks = checks.map_err(|errors| {
        anyhow!("what passed does not compile as for a release:\n{}", errors.join("\n"))
    })?;
    now("running the checks");
    let verdict = test_binary::judge(&checks)?;
    if !verdict.has_passed() {
        if variant == Variant::Exercise {
            Progress::read(course).forget(lesson);
        }
        return Ok(Timed::Failed(verdict.in_release_build()));
    }
    now("timing");
    Ok(Timed::Passed(test_binary::measure(&checks)?))
}

/// What the screens say of a lesson.
pub(super) fn about(course: &Course, lesson: &Lesson, variant: Variant) -> Result<About> {
    let hints = lesson.hints()?;
    let shown = Progress::read(course).hints_shown(lesson).min(hints.len() - 1);
    let hint = format!("{} of {}, {}", shown + 1, hints.len(), hints[shown].title.to_lowercase());
    Ok(About {
        number: lesson.number().to_owned(),
        title: lesson.title()?,
        code: lesson.display_path(&variant.package(lesson).code()),
        chapter: lesson.display_path(&lesson.folder().join("README.md")),
        hint: (variant == Variant::Exercise).then_some(hint),
        next: course.lesson_after(lesson).map(|next| next.number().to_owned()),
        own: variant == Variant::Exercise,
    })
}
