//! `update`: after a new version of the course has come, untouched exercises get its skeletons, and the
//! others are listed, with what their skeletons ask for now.
//!
//! An untouched exercise is word for word a skeleton of this version or of an earlier one, which git
//! remembers. Nothing else is ever replaced, so there is nothing to save.

use anyhow::{Context, Result, ensure};
use xtask_core::backup::{self, Sources};
use xtask_core::course::{Course, Lesson};
use xtask_core::ui::{self, Working};

use super::Exit;
use crate::cli::{Args, Command};

pub(super) mod history;
mod screen;
mod standing;

use screen::{Notes, Row};
use standing::{Standing, standing};

pub const COMMAND: Command = Command {
    name: "update",
    about: "after a `git pull`: what is new for you?",
    lesson: Some("every lesson"),
    more: None,
    flags: &[],
};

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Course::here()?;
    let lessons = match &args.lesson {
        Some(name) => std::slice::from_ref(course.lesson(name)?),
        None => course.lessons(),
    };
    let working = Working::start("looking at what is new");
    let mut notes = Notes { not_merged: history::count_unmerged(&course), no_history: None };
    let mut rows = Vec::new();
    for lesson in lessons {
        working.now(&format!("lesson {}", lesson.number()));
        rows.push(Row {
            number: lesson.number().to_owned(),
            title: lesson.title()?,
            code: lesson.display_path(&lesson.exercise().join("src/lib.rs")),
            standing: update_exercise(&course, lesson, &mut notes)?,
        });
    }
    drop(working);
    ui::print(&screen::screen(&rows, &notes, ui::width()));
    Ok(Exit::Passed)
}

/// Replaces an untouched exercise by the new skeleton, and returns how the exercise stands.
fn update_exercise(course: &Course, lesson: &Lesson, notes: &mut Notes) -> Result<Standing> {
    let src = lesson.exercise().join("src");
    let sources = Sources::read(&src)?;
    let code = sources.code();
    if code.as_ref() == Some(&lesson.skeleton()?) {
        return Ok(Standing::Current);
    }
    let earlier = history::models(course, lesson).unwrap_or_else(|error| {
        notes.no_history = Some(format!("{error:#}"));
        Vec::new()
    });
    let standing = standing(code.as_deref(), &lesson.model()?, &earlier)?;
    if matches!(standing, Standing::Unbegun | Standing::Missing) {
        ensure!(
            lesson.exercise().join("Cargo.toml").is_file(),
            "`{0}` is not complete: `git checkout -- {0}` brings it back",
            lesson.display_path(&lesson.exercise())
        );
        backup::replace(&src, &sources, &lesson.skeleton()?)
            .with_context(|| format!("lesson {} is not updated", lesson.number()))?;
    }
    Ok(standing)
}
