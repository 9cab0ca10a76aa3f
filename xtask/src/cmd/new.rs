//! `new`: a complete lesson of a new name, made from the template, that passes `verify` as it stands.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use xtask_core::course::Course;
use xtask_core::files::read_text;
use xtask_core::skeleton;
use xtask_core::ui;
use xtask_core::ui::screen::label_lines;

use super::Exit;
use crate::cli::{Args, Command};

mod name;
mod template;

use name::Name;
use template::{File, fill_in};

pub const COMMAND: Command = Command {
    name: "new",
    about: "for authors: a new lesson, from a template",
    lesson: Some("it asks for one: two words or more, as in `reproducible-sums`"),
    more: None,
    flags: &[],
};

/// The highest number of a lesson: a folder's name begins with two digits.
const LAST_NUMBER: u32 = 99;

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Course::here()?;
    let Some(slug) = &args.lesson else {
        bail!("what is it called? `cargo xtask new reproducible-sums` makes a lesson of that name");
    };
    let number = course.last().number().parse::<u32>()? + 1;
    ensure!(number <= LAST_NUMBER, "there is no number after {LAST_NUMBER}");
    let name = Name::new(number, slug)?;
    ensure_free(&course, &name)?;
    let files = template::read(&course.root().join("xtask/template"))?;
    let mut files: Vec<File> = files.iter().map(|file| fill_in(file, &name)).collect();
    files.push(exercise(&files, &name)?);
    let folders = template::KINDS.map(|kind| course.root().join(kind).join(name.folder()));
    create_files(course.root(), &folders, &files)?;
    ui::print(&page(&name, ui::width()));
    Ok(Exit::Passed)
}

/// Nothing else in the course is called so.
fn ensure_free(course: &Course, name: &Name) -> Result<()> {
    // Cargo.lock knows a new lesson only from the next build on.
    let mut lessons = course.lessons().iter();
    if let Some(there) = lessons.find(|there| there.slug() == name.slug()) {
        bail!("there is a lesson `{}` already; give this one another name", there.name());
    }
    let lock = read_text(&course.root().join("Cargo.lock"))?;
    for package in name.packages() {
        ensure!(
            !lock.contains(&format!("name = \"{package}\"\n")),
            "there is a package `{package}` already; give the lesson another name"
        );
    }
    Ok(())
}

/// The exercise's code, which the template does not hold: it is derived from the model.
fn exercise(files: &[File], name: &Name) -> Result<File> {
    let code = |kind: &str| Path::new(kind).join(name.folder()).join("src/lib.rs");
    let model = files.iter().find(|file| file.path == code("solutions"));
    let model = model.context("the template has no `solutions/src/lib.rs`")?;
    Ok(File { path: code("exercises"), text: skeleton::derive(&model.text)? })
}

/// Makes the folders, and the files in them: all, or nothing at all.
fn create_files(root: &Path, folders: &[PathBuf], files: &[File]) -> Result<()> {
    for folder in folders {
        ensure!(
            !folder.exists(),
            "`{}` exists already; give the lesson another name",
            folder.display()
        );
    }
    let written = files.iter().try_for_each(|file| -> io::Result<()> {
        let path = root.join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, &file.text)
    });
    written.map_err(|error| {
        folders
            .iter()
            .for_each(|folder| drop(fs::remove_dir_all(folder)));
        anyhow::Error::new(error).context(
            "the lesson cannot be written, so nothing of it is there; see to it that there is room, and that you may write here",
        )
    })
}

/// What was made, and how to go on.
fn page(name: &Name, width: usize) -> String {
    let (folder, number) = (name.folder(), name.number());
    let mut page = format!("Lesson {number}: {}\n\n", name.title());
    let parts = [
        ("read", "lessons/AUTHORS.md: how to write a good lesson here".to_owned()),
        ("text", format!("lessons/{folder}/README.md, hints.md beside it")),
        ("given", format!("lessons/{folder}/src/: the serial baseline")),
        (
            "model",
            format!(
                "solutions/{folder}/src/lib.rs; the skeleton is derived from it: cargo xtask reset {number}"
            ),
        ),
        ("claims", format!("exercises/{folder}/tests/check.rs")),
        ("timed", format!("exercises/{folder}/tests/workloads/mod.rs")),
        ("mistakes", format!("solutions/{folder}/mistakes/ and variants/")),
        (
            "next",
            format!("cargo xtask verify {number} holds as it stands, and says what is missing"),
        ),
    ];
    for (label, text) in &parts {
        page += &label_lines(label, text, width);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_told_with_how_to_go_on() {
        let name = Name::new(7, "reproducible-sums").unwrap();
        insta::assert_snapshot!(anstream::adapter::strip_str(&page(&name, 80)), @"
        Lesson 07: Reproducible sums

          read      lessons/AUTHORS.md: how to write a good lesson here
          text      lessons/07-reproducible-sums/README.md, hints.md beside it
          given     lessons/07-reproducible-sums/src/: the serial baseline
          model     solutions/07-reproducible-sums/src/lib.rs; the skeleton is derived
                    from it: cargo xtask reset 07
          claims    exercises/07-reproducible-sums/tests/check.rs
          timed     exercises/07-reproducible-sums/tests/workloads/mod.rs
          mistakes  solutions/07-reproducible-sums/mistakes/ and variants/
          next      cargo xtask verify 07 holds as it stands, and says what is missing
        ");
    }

    #[test]
    fn a_lesson_that_cannot_be_written_leaves_nothing_behind() {
        let root = std::env::temp_dir().join(format!("many-hands-new-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let folders = [root.join("lessons/07-a-b"), root.join("solutions/07-a-b")];
        let file = |path: &str| File { path: path.into(), text: "text".to_owned() };
        // The last one is to lie in a folder that is a file.
        let files = ["lessons/07-a-b/a", "solutions/07-a-b/b", "solutions/07-a-b/b/c"].map(file);
        assert!(create_files(&root, &folders, &files).is_err());
        assert!(folders.iter().all(|folder| !folder.exists()));
        fs::remove_dir_all(root).unwrap();
    }
}
