//! The fingerprint of everything that a verdict depends on besides the submission.

use std::fs;

use anyhow::{Context, Result};
use xtask_core::course::Course;
use xtask_core::files::files_below;

use crate::digest;

/// The fingerprint of the course's code, the lock files and the grader, without the code of the exercises. A record can be
/// reused as long as it is the same.
///
/// # Errors
///
/// A file of the course cannot be read.
pub fn fingerprint(course: &Course) -> Result<String> {
    let mut files = Vec::new();
    for folder in ["lessons", "solutions", "xtask"] {
        files.extend(files_below(&course.root().join(folder))?);
    }
    for lesson in course.lessons() {
        files.extend(files_below(&lesson.exercise().join("tests"))?);
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "rs" || ending == "toml"));
    files.extend([course.root(), &course.tools()].map(|at| at.join("Cargo.lock")));
    files.sort();
    let mut parts = Vec::new();
    for file in &files {
        let path = file.strip_prefix(course.root()).unwrap_or(file);
        parts.push(path.to_string_lossy().into_owned().into_bytes());
        parts.push(fs::read(file).with_context(|| format!("`{}` cannot be read", file.display()))?);
    }
    Ok(digest::hex(parts.iter().map(Vec::as_slice)))
}
