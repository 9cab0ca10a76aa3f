//! `diff`: the student's code beside the model's, line by line, for those who are done or ask twice.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use xtask_core::backup::Sources;
use xtask_core::course::Course;
use xtask_core::skeleton;
use xtask_core::ui::{self, screen};

use super::solution::{SPOIL, may_be_seen};
use super::{CHOICE, Exit, choose_lesson};
use crate::cli::{Args, Command};

pub const COMMAND: Command = Command {
    name: "diff",
    about: "your code beside the model's",
    lesson: Some(CHOICE),
    more: None,
    flags: SPOIL,
};

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Course::here()?;
    let lesson = choose_lesson(&course, args)?;
    let number = lesson.number();
    if !may_be_seen(&course, lesson, args) {
        return Ok(Exit::NotPassed);
    }
    let sources = Sources::read(&lesson.exercise().join("src"))?;
    let code = sources.code().with_context(|| {
        format!("there is no code of yours: `cargo xtask reset {number}` puts the skeleton there")
    })?;
    let page = page(
        &Texts {
            yours: &code,
            your_file: &lesson.display_path(&lesson.exercise().join("src/lib.rs")),
            your_others: &sources.others().collect::<Vec<_>>(),
            models: &skeleton::without_markers(&lesson.model()?),
            models_file: &lesson.display_path(&lesson.solution().join("src/lib.rs")),
            lesson: number,
        },
        ui::width(),
    );
    ui::print(&page);
    Ok(Exit::Passed)
}

/// What is set side by side.
struct Texts<'a> {
    yours: &'a str,
    your_file: &'a str,
    /// Further files of the student's, whose lines are not shown.
    your_others: &'a [&'a Path],
    models: &'a str,
    models_file: &'a str,
    lesson: &'a str,
}

fn page(sides: &Texts, width: usize) -> String {
    let lines = ui::difference(code(sides.yours), code(sides.models), width);
    let mut page = format!(
        "{}\n{}\n\n",
        ui::apply_style(ui::BAD, &format!("- {}", sides.your_file)),
        ui::apply_style(ui::GOOD, &format!("+ {}", sides.models_file)),
    );
    if lines.is_empty() {
        page += "line by line the same\n";
    }
    let _ = writeln!(page, "{lines}");
    if !sides.your_others.is_empty() {
        let others: Vec<_> =
            sides.your_others.iter().map(|file| file.display().to_string()).collect();
        page += &screen::label_lines(
            "not shown",
            &format!("{}, beside your lib.rs", others.join(", ")),
            width,
        );
    }
    let why =
        format!("cargo xtask solution {} says where the model tells why it is so", sides.lesson);
    let paid = format!("cargo xtask compare {} sets both side by side in time", sides.lesson);
    page + &screen::label_lines("why?", &why, width) + &screen::label_lines("measure", &paid, width)
}

/// What comes after the comment that a file opens with.
fn code(text: &str) -> &str {
    let mut rest = text;
    while let Some((line, below)) = rest.split_once('\n') {
        if !line.trim().is_empty() && !line.starts_with("//!") {
            break;
        }
        rest = below;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const YOURS: &str = "//! Lesson 02: three functions to write.\n\nuse rayon::prelude::*;\n\npub fn one() -> u32 {\n    let one = 1;\n    one\n}\n";
    const MODELS: &str = "//! Lesson 02: the model.\n//!\n//! # Why so\n\nuse rayon::prelude::*;\n\npub fn one() -> u32 {\n    1\n}\n";

    fn plain(yours: &str, models: &str) -> String {
        let sides = Texts {
            yours,
            your_file: "exercises/02-chunked-integration/src/lib.rs",
            your_others: &[Path::new("split.rs")],
            models,
            models_file: "solutions/02-chunked-integration/src/lib.rs",
            lesson: "02",
        };
        anstream::adapter::strip_str(&page(&sides, 80)).to_string()
    }

    #[test]
    fn the_code_is_compared_and_not_the_comments_that_files_open_with() {
        insta::assert_snapshot!(plain(YOURS, MODELS), @"
        - exercises/02-chunked-integration/src/lib.rs
        + solutions/02-chunked-integration/src/lib.rs

          use rayon::prelude::*;

          pub fn one() -> u32 {
        -     let one = 1;
        -     one
        +     1
          }

          not shown split.rs, beside your lib.rs
          why?      cargo xtask solution 02 says where the model tells why it is so
          measure   cargo xtask compare 02 sets both side by side in time
        ");
    }

    #[test]
    fn the_same_code_is_said_to_be_the_same() {
        assert!(plain(MODELS, MODELS).contains("line by line the same"));
    }
}
