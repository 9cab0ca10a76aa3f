//! `reset`: an exercise as it was at the start, after what was there has been saved.

use std::time::SystemTime;

use anyhow::{Result, bail};
use xtask_core::backup::{self, Sources};
use xtask_core::course::Course;
use xtask_core::ui::{self, screen};

use super::Exit;
use crate::cli::{Args, Command};

pub const COMMAND: Command = Command {
    name: "reset",
    about: "start an exercise anew; yours is saved",
    lesson: Some("it asks for one: nothing is reset that was not named"),
    more: None,
    flags: &[],
};

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Course::here()?;
    let Some(name) = &args.lesson else {
        bail!("which lesson? `cargo xtask reset 02` resets lesson 02 and no other");
    };
    let lesson = course.lesson(name)?;
    let src = lesson.exercise().join("src");
    let code = lesson.display_path(&src.join("lib.rs"));
    let skeleton = lesson.skeleton()?;
    let before = Sources::read(&src)?;
    if before.code().as_ref() == Some(&skeleton) && before.others().next().is_none() {
        ui::print(&format!("{code} is as it was at the start: nothing to do\n"));
        return Ok(Exit::Passed);
    }
    let saved = match before.is_empty() {
        true => None,
        false => Some(backup::save(&course, lesson, &before, SystemTime::now())?),
    };
    backup::replace(&src, &before, &skeleton)?;
    backup::remove_others(&src, &before)?;
    let others: Vec<_> = before.others().map(|file| lesson.display_path(file)).collect();
    let saved = saved.map(|folder| lesson.display_path(&folder));
    ui::print(&page(&code, saved.as_deref(), &others, lesson.number(), ui::width()));
    Ok(Exit::Passed)
}

/// What was done. `saved` is the folder in which the code lies now, if there was any.
fn page(code: &str, saved: Option<&str>, others: &[String], lesson: &str, width: usize) -> String {
    let mut page = String::new();
    if let Some(saved) = saved {
        let also = match others {
            [] => String::new(),
            others => format!(", with {}", others.join(", ")),
        };
        page += &screen::label_lines("saved", &format!("{saved}/src/lib.rs{also}"), width);
    }
    page += &screen::label_lines("anew", &format!("{code} is as it was at the start"), width);
    if let Some(saved) = saved {
        let back =
            format!("copy what is in {saved}/src over it to have it back; nothing ever removes it");
        page += &screen::label_lines("back?", &back, width);
    }
    page + &screen::label_lines("next", &format!("cargo xtask check {lesson}"), width)
}
