//! The fingerprint of everything that a verdict depends on besides the submission.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xtask_core::course::Course;

use crate::digest;

/// The fingerprint of the course's code, the lock files and the grader, without the code of the exercises. A record can be
/// reused as long as it is the same.
///
/// # Errors
///
/// A file of the course cannot be read.
pub fn fingerprint(course: &Course) -> Result<String> {
    let mut files = [course.root(), &course.tools()].map(|at| at.join("Cargo.lock")).to_vec();
    for folder in ["lessons", "solutions", "xtask"] {
        collect(&course.root().join(folder), &mut files)?;
    }
    for lesson in course.lessons() {
        collect(&lesson.exercise().join("tests"), &mut files)?;
    }
    files.sort();
    let mut parts = Vec::new();
    for file in &files {
        let path = file.strip_prefix(course.root()).unwrap_or(file);
        parts.push(path.to_string_lossy().into_owned().into_bytes());
        parts.push(fs::read(file).with_context(|| format!("`{}` cannot be read", file.display()))?);
    }
    Ok(digest::hex(parts.iter().map(Vec::as_slice)))
}

/// Adds the sources and manifests in a folder and those below it.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("`{}` cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
