//! A lesson, read from its folders: what its pages show, and where.

use std::path::{Path, PathBuf};

use anyhow::Result;
use xtask_core::course::{Hint, Lesson};
use xtask_core::files::files_below;

use crate::listing::Listing;
use crate::places::Places;

/// Everything that a lesson's pages show.
pub struct Parts<'a> {
    pub lesson: &'a Lesson,
    pub title: String,
    pub chapter: Listing,
    pub hints: Vec<Hint>,
    pub hints_file: String,
    /// As it is at the start, whatever a student has made of it.
    pub skeleton: Listing,
    pub checks: Vec<Listing>,
    pub given: Vec<Listing>,
    pub experiments: Vec<Listing>,
    pub model: Listing,
}

impl<'a> Parts<'a> {
    pub fn read(root: &Path, lesson: &'a Lesson) -> Result<Self> {
        let shown = |path: PathBuf| lesson.display_path(&path);
        let read = |path: PathBuf| Listing::read(root, &shown(path));
        let all_in = |folder: &Path| -> Result<Vec<Listing>> {
            files_in(folder)?.into_iter().map(read).collect()
        };
        let mut experiments = all_in(&lesson.folder().join("examples"))?;
        let peers = lesson.folder().join("peers.py");
        if peers.is_file() {
            experiments.push(read(peers)?);
        }
        Ok(Self {
            lesson,
            title: lesson.title()?,
            chapter: read(lesson.folder().join("README.md"))?,
            hints: lesson.hints()?,
            hints_file: shown(lesson.folder().join("hints.md")),
            skeleton: Listing {
                file: shown(lesson.exercise().join("src/lib.rs")),
                code: lesson.skeleton()?,
            },
            checks: all_in(&lesson.exercise().join("tests"))?,
            given: all_in(&lesson.folder().join("src"))?,
            experiments,
            model: read(lesson.solution().join("src/lib.rs"))?,
        })
    }

    /// What the table of contents calls it.
    pub fn name(&self) -> String {
        format!("{} {}", self.lesson.number(), self.title)
    }

    /// Where the chapter is, without the ending.
    pub fn page(&self) -> &str {
        self.lesson.name()
    }

    /// Where the hints and the model are, without the ending.
    pub fn help_page(&self) -> String {
        format!("{}-help", self.lesson.name())
    }

    /// Tells where the lesson's files are shown.
    pub fn put(&self, places: &mut Places) {
        let page = format!("{}.html", self.page());
        for folder in [self.lesson.folder(), self.lesson.exercise()] {
            places.put(&self.lesson.display_path(&folder), &page);
        }
        places.put(&self.chapter.file, &page);
        let help = format!("{}.html", self.help_page());
        places.put(&self.hints_file, &help);
        places.put(&self.model.file, &format!("{help}#model"));
        let listings = [&self.checks, &self.given, &self.experiments];
        let listings = listings.into_iter().flatten().chain([&self.skeleton]);
        for listing in listings {
            places.put(&listing.file, &format!("{page}#{}", listing.id()));
        }
    }
}

/// The files in a folder and in its folders, those that a reader begins with first; none if there is no such folder.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = files_below(folder)?;
    let is_first = |path: &Path| ["lib.rs", "check.rs"].iter().any(|name| path.ends_with(name));
    files.sort_by_key(|path| (!is_first(path), path.clone()));
    Ok(files)
}
