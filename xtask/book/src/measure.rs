//! What was measured for the book on this machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use measure::protocol::Document;
use measure::protocol::request::{self, FigureOutcome};
use xtask_core::course::{Course, Lesson};
use xtask_core::files::read_text;

use crate::figures::{Figure, stylesheet};

/// What was measured for the book.
#[derive(Debug, Default)]
pub struct Measured {
    /// By the lesson's name.
    figures: BTreeMap<String, Vec<Figure>>,
    /// What gives the pictures their colours.
    pub stylesheet: String,
    /// What could not be measured, a sentence each.
    pub faults: Vec<String>,
}

impl Measured {
    /// Reads what the runner has measured. What could not be measured is a sentence in the place of its figures.
    ///
    /// # Errors
    ///
    /// A result cannot be read, or is of no lesson of this course.
    pub fn read(course: &Course, figures: &[request::Figure]) -> Result<Self> {
        let mut measured = Self::default();
        for request::Figure { lesson, cell, command, outcome } in figures {
            let figure = match outcome {
                FigureOutcome::Document(path) => {
                    let file = Path::new(path);
                    let beside = |ending| fs::read_to_string(file.with_extension(ending)).ok();
                    if let Some(style) = beside("svg").as_deref().and_then(stylesheet) {
                        measured.stylesheet = style.to_owned();
                    }
                    Figure::from_document(
                        cell,
                        command,
                        &document(file)?,
                        beside("html").as_deref(),
                    )
                }
                FigureOutcome::Missing(why) => {
                    measured.faults.push(format!("`{command}`: {why}"));
                    Figure::missing(cell, command, why)
                }
            };
            measured.add(course.lesson(lesson)?, figure);
        }
        Ok(measured)
    }

    pub fn figures_of(&self, lesson: &Lesson) -> &[Figure] {
        self.figures.get(lesson.name()).map_or(&[], Vec::as_slice)
    }

    pub fn add(&mut self, lesson: &Lesson, figure: Figure) {
        let figures = self.figures.entry(lesson.name().to_owned());
        figures.or_default().push(figure);
    }
}

fn document(file: &Path) -> Result<Document> {
    let shown = file.display();
    let json = serde_json::from_str(&read_text(file)?)
        .with_context(|| format!("`{shown}` is not JSON"))?;
    Document::from_json(&json).with_context(|| format!("`{shown}` cannot be used"))
}
