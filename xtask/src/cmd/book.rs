//! `book`: the lessons, to read in a browser.
//!
//! mdBook's crates take long to build, so they are a separate package (`xtask/book`), built when a book is first asked
//! for. What is measured for the book is measured here, by the commands that the chapters give.

use std::fs;

use anyhow::{Context, Result, ensure};
use measure::protocol::request::{Figure, FigureOutcome, ForBook};
use xtask_core::course::{Course, Lesson};
use xtask_core::files::read_text;
use xtask_core::results;

use super::{Exit, hand_over};
use crate::cli::{Args, Command};

pub const COMMAND: Command = Command {
    name: "book",
    about: "the lessons as a book, for a browser",
    lesson: None,
    more: None,
    flags: &[
        ("open", "open it in the browser"),
        ("measure", "measure first: this machine's own figures in the chapters"),
        ("quick", "with `--measure`: fewer rounds, wider intervals"),
    ],
};

/// What is measured of every lesson, in the order in which a reader would.
const MEASURED_BY: [&str; 3] = ["trace", "sweep", "bench"];

pub(super) fn run(args: &Args) -> Result<Exit> {
    let (measure, quick) = (args.has("measure"), args.has("quick"));
    ensure!(measure || !quick, "`--quick` says how to measure; give `--measure` too, or neither");
    let (figures, interrupted) =
        if measure { measure_course(&Course::here()?, quick)? } else { (Vec::new(), false) };
    let open = args.has("open");
    let exit = hand_over("book", &ForBook { open, figures })?;
    Ok(match exit {
        Exit::Passed | Exit::NotPassed if interrupted => Exit::Interrupted,
        exit => exit,
    })
}

/// Measures the model of every lesson by the commands of its chapter, until all have run or Ctrl-C comes; the latter is the
/// second value.
fn measure_course(course: &Course, quick: bool) -> Result<(Vec<Figure>, bool)> {
    let mut figures = Vec::new();
    for lesson in course.lessons() {
        let chapter = read_text(&lesson.folder().join("README.md"))?;
        for (number, cell) in cells(&chapter, lesson.number()).into_iter().enumerate() {
            let arguments = arguments(&cell, quick);
            let outcome = match measure_by(course, lesson, &arguments) {
                Ok(Exit::Interrupted) => return Ok((figures, true)),
                Ok(_) => keep_for_book(course, lesson, &arguments[0], number)?,
                Err(error) => FigureOutcome::Missing(format!("{error:#}")),
            };
            figures.push(Figure {
                lesson: lesson.name().to_owned(),
                command: format!("cargo xtask {}", arguments.join(" ")),
                cell,
                outcome,
            });
        }
    }
    Ok((figures, false))
}

/// Runs a command that measures. The page of an earlier run cannot be taken for one of this.
fn measure_by(course: &Course, lesson: &Lesson, arguments: &[String]) -> Result<Exit> {
    let kept = results::place(course, &arguments[0], lesson);
    let _ = fs::remove_file(kept.with_extension("html"));
    super::run(&super::parse(arguments.iter().map(Into::into))?)
}

/// Copies what a command has kept, which the next one of the same command replaces.
fn keep_for_book(
    course: &Course,
    lesson: &Lesson,
    command: &str,
    number: usize,
) -> Result<FigureOutcome> {
    let kept = results::place(course, command, lesson);
    let folder = course.root().join("target/many-hands/book-figures");
    let copy = folder.join(format!("{}-{number}.json", lesson.number()));
    fs::create_dir_all(&folder)
        .with_context(|| format!("`{}` cannot be made", folder.display()))?;
    for extension in ["html", "svg"] {
        let copy = copy.with_extension(extension);
        let _ = fs::remove_file(&copy);
        let _ = fs::copy(kept.with_extension(extension), copy);
    }
    let document = kept.with_extension("json");
    fs::copy(&document, &copy)
        .with_context(|| format!("`{}` cannot be read", document.display()))?;
    let path = copy.to_str().with_context(|| format!("`{}` is not text", copy.display()))?;
    Ok(FigureOutcome::Document(path.to_owned()))
}

/// The commands of a chapter that measure its lesson, each once; where it gives none for a command, the plain one.
fn cells(chapter: &str, number: &str) -> Vec<String> {
    let lines = lines_of_code(chapter);
    let mut cells: Vec<String> = Vec::new();
    for command in MEASURED_BY {
        let plain = format!("cargo xtask {command} {number}");
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

/// The lines of all fenced blocks, without the spaces around them.
fn lines_of_code(chapter: &str) -> Vec<&str> {
    let mut inside = false;
    let lines = chapter.lines().map(str::trim);
    lines
        .filter(|line| {
            let fence = line.starts_with("```");
            inside ^= fence;
            inside && !fence
        })
        .collect()
}

/// The arguments for a cell: its own, but always about the model, which is there on every machine.
fn arguments(cell: &str, quick: bool) -> Vec<String> {
    let words = cell.split_whitespace().skip("cargo xtask".split(' ').count());
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
