//! `reset`: an exercise as it was at the start, after what was there has been saved.

use std::time::SystemTime;

use anyhow::{Result, bail};
use xtask_core::backup::{self, Sources};
use xtask_core::course::Course;
use xtask_core::report::{self, screen};

use super::Answer;
use crate::cli::{Call, Verb};

pub const VERB: Verb = Verb {
    name: "reset",
    about: "start an exercise anew; yours is saved",
    lesson: Some("it asks for one: nothing is reset that was not named"),
    more: None,
    flags: &[],
};

pub(super) fn run(call: &Call) -> Result<Answer> {
    let course = Course::here()?;
    let Some(name) = &call.lesson else {
        bail!("which lesson? `cargo xtask reset 02` resets lesson 02 and no other");
    };
    let lesson = course.lesson(name)?;
    let src = lesson.exercise().join("src");
    let code = lesson.shown(&src.join("lib.rs"));
    let skeleton = lesson.skeleton()?;
    let before = Sources::read(&src)?;
    if before.code().as_ref() == Some(&skeleton) && before.others().next().is_none() {
        report::print(&format!(
            "{code} is as it was at the start: nothing to do\n"
        ));
        return Ok(Answer::Passed);
    }
    let saved = match before.is_empty() {
        true => None,
        false => Some(backup::save(&course, lesson, &before, SystemTime::now())?),
    };
    backup::replace(&src, &before, &skeleton)?;
    backup::remove_others(&src, &before)?;
    let others: Vec<_> = before.others().map(|file| lesson.shown(file)).collect();
    let saved = saved.map(|folder| lesson.shown(&folder));
    report::print(&page(
        &code,
        saved.as_deref(),
        &others,
        lesson.number(),
        report::width(),
    ));
    Ok(Answer::Passed)
}

/// What was done. `saved` is the folder in which the code lies now, if there was any.
fn page(code: &str, saved: Option<&str>, others: &[String], lesson: &str, width: usize) -> String {
    let mut page = String::new();
    if let Some(saved) = saved {
        let also = match others {
            [] => String::new(),
            others => format!(", with {}", others.join(", ")),
        };
        page += &screen::labelled("saved", &format!("{saved}/src/lib.rs{also}"), width);
    }
    page += &screen::labelled("anew", &format!("{code} is as it was at the start"), width);
    if let Some(saved) = saved {
        let back =
            format!("copy what is in {saved}/src over it to have it back; nothing ever removes it");
        page += &screen::labelled("back?", &back, width);
    }
    page + &screen::labelled("next", &format!("cargo xtask check {lesson}"), width)
}
