//! Runs the measuring verbs that the chapters give, and takes what they keep.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;
use xtask_core::course::{Course, Lesson};
use xtask_core::exit::Answer;

use crate::figures::{Figure, stylesheet};
use crate::text::code_blocks;

/// What is measured of every lesson, in the order in which a reader would.
const VERBS: [&str; 3] = ["trace", "sweep", "bench"];

/// What was measured for the book.
#[derive(Debug, Default)]
pub struct Measured {
    /// By the lesson's name.
    figures: BTreeMap<String, Vec<Figure>>,
    /// What gives the pictures their colours.
    pub stylesheet: String,
    /// What could not be measured, a sentence each.
    pub faults: Vec<String>,
    /// Ctrl-C came: there is what was complete until then.
    pub interrupted: bool,
}

impl Measured {
    pub fn of(&self, lesson: &Lesson) -> &[Figure] {
        self.figures.get(lesson.name()).map_or(&[], Vec::as_slice)
    }

    pub fn add(&mut self, lesson: &Lesson, figure: Figure) {
        let figures = self.figures.entry(lesson.name().to_owned());
        figures.or_default().push(figure);
    }
}

/// Measures the model of every lesson, by the commands of its chapter.
///
/// What cannot be measured is a sentence in the place of its figures.
///
/// # Errors
///
/// A chapter or a result cannot be read.
pub fn all(course: &Course, quick: bool) -> Result<Measured> {
    let mut measured = Measured::default();
    for lesson in course.lessons() {
        let chapter = lesson.folder().join("README.md");
        let chapter = fs::read_to_string(&chapter)
            .with_context(|| format!("`{}` cannot be read", chapter.display()))?;
        for cell in cells(&chapter, lesson.number()) {
            let arguments = arguments(&cell, quick);
            let command = format!("cargo xtask {}", arguments.join(" "));
            let kept = Kept::of(course.root(), &arguments[0], lesson);
            let figure = match kept.made_by(&arguments) {
                Ok(Answer::Interrupted) => {
                    measured.interrupted = true;
                    return Ok(measured);
                }
                Ok(_) => {
                    if let Some(style) = kept.picture().as_deref().and_then(stylesheet) {
                        measured.stylesheet = style.to_owned();
                    }
                    Figure::measured(&cell, &command, &kept.document()?, kept.page().as_deref())
                }
                Err(error) => {
                    measured.faults.push(format!("`{command}`: {error:#}"));
                    Figure::missing(&cell, &command, &format!("{error:#}"))
                }
            };
            measured.add(lesson, figure);
        }
    }
    Ok(measured)
}

/// The commands of a chapter that measure its lesson, each once; where it gives none for a verb, the plain one.
fn cells(chapter: &str, number: &str) -> Vec<String> {
    let blocks = code_blocks(chapter);
    let lines = blocks.iter().flat_map(|(_, code)| code.lines());
    let lines: Vec<&str> = lines.map(str::trim).collect();
    let mut cells: Vec<String> = Vec::new();
    for verb in VERBS {
        let plain = format!("cargo xtask {verb} {number}");
        let measures = |line: &&&str| {
            let rest = line.strip_prefix(&plain);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let before = cells.len();
        for line in lines.iter().filter(measures) {
            if !cells.iter().any(|cell| cell == line) {
                cells.push((*line).to_owned());
            }
        }
        if cells.len() == before {
            cells.push(plain);
        }
    }
    cells
}

/// What the runner is told for a cell: the same, but always about the model, which is there on every machine.
fn arguments(cell: &str, quick: bool) -> Vec<String> {
    let words = cell
        .split_whitespace()
        .skip("cargo xtask".split(' ').count());
    let mut arguments: Vec<String> = words.map(str::to_owned).collect();
    if !cell.contains(" --solution") && !cell.contains(" --subject") {
        arguments.push("--solution".to_owned());
    }
    // To `trace` it means no pictures.
    if quick && arguments[0] != "trace" {
        arguments.push("--quick".to_owned());
    }
    arguments
}

/// Where a verb keeps what it found of a lesson; the README promises that place.
struct Kept(PathBuf);

impl Kept {
    fn of(root: &Path, verb: &str, lesson: &Lesson) -> Self {
        let name = format!("{verb}-{}", lesson.number());
        Self(root.join("target/many-hands/results").join(name))
    }

    /// Runs the verb. The page of an earlier run cannot be taken for one of this.
    fn made_by(&self, arguments: &[String]) -> Result<Answer> {
        let _ = fs::remove_file(self.0.with_extension("html"));
        xtask::cmd::run(&xtask::cmd::parse(arguments.iter().map(OsString::from))?)
    }

    fn document(&self) -> Result<Value> {
        let file = self.0.with_extension("json");
        let shown = file.display();
        let text =
            fs::read_to_string(&file).with_context(|| format!("`{shown}` cannot be read"))?;
        serde_json::from_str(&text).with_context(|| format!("`{shown}` is not JSON"))
    }

    fn page(&self) -> Option<String> {
        fs::read_to_string(self.0.with_extension("html")).ok()
    }

    fn picture(&self) -> Option<String> {
        fs::read_to_string(self.0.with_extension("svg")).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAPTER: &str = "Try\n\n```sh\ncargo xtask sweep 02 --threads 1,2\n```\n\nthen `cargo xtask trace 02`, or\n\n\
                           ```sh\ncargo xtask sweep 03\ncargo xtask sweep 02\ncargo xtask sweep 02 --threads 1,2\n```\n";

    #[test]
    fn the_commands_of_a_chapter_are_run_and_the_plain_ones_that_it_lacks() {
        assert_eq!(
            cells(CHAPTER, "02"),
            [
                "cargo xtask trace 02",
                "cargo xtask sweep 02 --threads 1,2",
                "cargo xtask sweep 02",
                "cargo xtask bench 02"
            ]
        );
    }

    #[test]
    fn the_model_is_measured_and_quickly_if_asked() {
        let told = |cell, quick| arguments(cell, quick).join(" ");
        assert_eq!(told("cargo xtask sweep 02", false), "sweep 02 --solution");
        assert_eq!(
            told("cargo xtask sweep 02 --solution --tasks 8", true),
            "sweep 02 --solution --tasks 8 --quick"
        );
        assert_eq!(told("cargo xtask trace 02", true), "trace 02 --solution");
    }
}
