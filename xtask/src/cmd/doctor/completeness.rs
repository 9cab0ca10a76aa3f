//! The course itself: is all of it there?

use measure::protocol::Finding;
use xtask_core::course::{Course, Lesson};

const PART: &str = "course";

pub fn inspect(course: &Course) -> Finding {
    let lessons = course.lessons();
    match lessons.iter().find_map(missing) {
        None => Finding::good(PART, format!("{} lessons, all of them complete", lessons.len())),
        Some((file, remedy)) => Finding::bad(PART, format!("{file} is missing"), remedy),
    }
}

/// What a lesson lacks, and what brings it back.
fn missing(lesson: &Lesson) -> Option<(String, String)> {
    let code = lesson.exercise().join("src/lib.rs");
    if !code.is_file() {
        let remedy = format!("`cargo xtask reset {}` puts the skeleton there", lesson.number());
        return Some((lesson.display_path(&code), remedy));
    }
    let files = [
        lesson.folder().join("README.md"),
        lesson.folder().join("hints.md"),
        lesson.folder().join("Cargo.toml"),
        lesson.exercise().join("Cargo.toml"),
        lesson.checks(),
        lesson.solution().join("Cargo.toml"),
        lesson.solution().join("src/lib.rs"),
    ];
    let file = files.iter().find(|file| !file.is_file())?;
    let file = lesson.display_path(file);
    let remedy = format!("`git checkout -- {file}` brings it back");
    Some((file, remedy))
}
