//! What git remembers of earlier versions of the course.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use xtask_core::course::{Course, Lesson};
use xtask_core::process::{self, Limits, Termination};

/// Git answers these questions in milliseconds; on a slow disk, in seconds.
const LIMITS: Limits = Limits { deadline: Duration::from_secs(60), output: 16 << 20 };

/// The sources of a lesson's model in all versions that the history here holds, the newest first. The student's own
/// commits are among them, but they change no model.
///
/// # Errors
///
/// Git is not there, or the course is in no repository.
pub fn models(course: &Course, lesson: &Lesson) -> Result<Vec<String>> {
    let file = lesson.display_path(&lesson.solution().join("src/lib.rs"));
    let commits = git(course, &["log", "--format=%H", "--", &file])?;
    let mut models = Vec::new();
    for commit in commits.lines() {
        // There is none in the commit that removed it.
        models.extend(git(course, &["show", &format!("{commit}:./{file}")]));
    }
    models.dedup();
    Ok(models)
}

/// How many commits have been fetched from where the course comes from, but are not in the files; `None` if there are
/// none, or the number is not known.
pub fn count_unmerged(course: &Course) -> Option<u32> {
    let count = git(course, &["rev-list", "--count", "HEAD..@{upstream}"]).ok()?;
    count.trim().parse().ok().filter(|count| *count > 0)
}

/// What git prints for these arguments.
pub fn git(course: &Course, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new("git");
    command.args(arguments).current_dir(course.root());
    // The user's own git may be at work in another window.
    command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    let output = process::run(&mut command, LIMITS, |_| ())?;
    if output.termination == Termination::Exit(0) {
        return Ok(output.stdout);
    }
    let words = output.stderr.lines().next().context("git does not answer")?;
    bail!("{}", words.trim_start_matches("fatal: "))
}
