//! Whose code is checked, and the package in which it is built.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::course::{Course, Lesson};
use crate::files::{entries, read_text, remove_folder, write};

/// The code under test: one of the two that every lesson has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// The student's, in `exercises/`.
    Exercise,
    /// The model, in `solutions/`.
    Solution,
}

impl Variant {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exercise => "exercise",
            Self::Solution => "solution",
        }
    }

    /// The package that holds the subject's code and the lesson's checks.
    pub fn package(self, lesson: &Lesson) -> Package {
        let folder = match self {
            Self::Exercise => lesson.exercise(),
            Self::Solution => lesson.solution(),
        };
        Package { folder, release: false, cargo: Vec::new() }
    }
}

/// A folder in which `cargo test --test check` runs a lesson's checks.
#[derive(Clone, Debug)]
pub struct Package {
    pub folder: PathBuf,
    /// Whether to build in release mode: slower to build, and needed for timings.
    pub release: bool,
    /// Variables for cargo's environment.
    pub cargo: Vec<(&'static str, OsString)>,
}

impl Package {
    pub fn manifest(&self) -> PathBuf {
        self.folder.join("Cargo.toml")
    }

    /// The file that a student edits.
    pub fn code(&self) -> PathBuf {
        self.folder.join("src/lib.rs")
    }
}

/// A small copy of the course in which one submission after another takes the exercise's place.
///
/// It has a separate build folder: a submission never touches the student's code, nor what was built from it.
#[derive(Debug)]
pub struct Stage {
    package: Package,
}

impl Stage {
    /// Lays out a stage for one lesson, anew. Stages of different names can be used at the same time.
    ///
    /// The submissions are built as a student's code is, or, if `quick`, without optimisation, in less than half the
    /// time.
    pub fn lay_out(course: &Course, lesson: &Lesson, name: &str, quick: bool) -> Result<Self> {
        let stage = course.root().join("target/many-hands/stage").join(name);
        let root = stage.join(lesson.name());
        remove_folder(&root)?;
        let staged = root.join("exercises").join(lesson.name());
        // All but the student's own code: `put` lays a submission there.
        for part in entries(&lesson.exercise())?.iter().filter(|part| !part.ends_with("src")) {
            copy_into(part, &staged)?;
        }
        for package in course.shared_packages()?.iter().chain([&lesson.folder()]) {
            copy_into(package, &root.join("lessons"))?;
        }
        copy_into(&course.root().join("Cargo.lock"), &root)?;
        let manifest = read_text(&course.root().join("Cargo.toml"))?;
        write(&root.join("Cargo.toml"), staged_manifest(&manifest))?;
        let mut cargo = vec![
            // One build folder for every lesson on this stage: what they share is built once.
            ("CARGO_TARGET_DIR", stage.join("target").into()),
            // Each build is of other code: what is kept for the next one would be in vain.
            ("CARGO_INCREMENTAL", "0".into()),
            ("CARGO_PROFILE_DEV_CODEGEN_UNITS", "1".into()),
            ("CARGO_PROFILE_DEV_DEBUG", "0".into()),
        ];
        if quick {
            cargo.push(("CARGO_PROFILE_DEV_OPT_LEVEL", "0".into()));
        }
        Ok(Self { package: Package { folder: staged, release: false, cargo } })
    }

    /// Puts a folder's files in the exercise's place: all of a submission's `src`.
    pub fn put_folder(&self, src: &Path) -> Result<&Package> {
        let staged = self.package.folder.join("src");
        remove_folder(&staged)?;
        copy(src, &staged)?;
        Ok(&self.package)
    }

    /// Puts a submission in the exercise's place, and the model beside it as `model.rs`, for submissions that build on it.
    pub fn put(&self, code: &str, model: &str) -> Result<&Package> {
        write(&self.package.folder.join("src/model.rs"), model)?;
        write(&self.package.code(), code)?;
        Ok(&self.package)
    }
}

/// The workspace's manifest with only the packages that a stage has.
fn staged_manifest(manifest: &str) -> String {
    let kept = manifest.lines().filter(|line| !line.starts_with("default-members"));
    kept.map(|line| match line {
        line if line.starts_with("members") => {
            "members = [\"exercises/*\", \"lessons/*\"]\n".to_owned()
        }
        line => format!("{line}\n"),
    })
    .collect()
}

/// Copies a file, or a folder with all that is in it, into a folder.
fn copy_into(from: &Path, folder: &Path) -> Result<()> {
    copy(from, &folder.join(from.file_name().unwrap_or_default()))
}

/// Copies a file, or a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    if !from.is_file() {
        return entries(from)?.iter().try_for_each(|inside| copy_into(inside, to));
    }
    fs::create_dir_all(to.parent().unwrap_or(to))
        .and_then(|()| fs::copy(from, to))
        .with_context(|| format!("`{}` cannot be copied to `{}`", from.display(), to.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_staged_workspace_has_the_same_profiles_and_fewer_members() {
        let manifest = "[workspace]\nmembers = [\"a\", \"xtask\"]\ndefault-members = [\"a\"]\n\n[profile.dev]\nopt-level = 3\n";
        let expected = "[workspace]\nmembers = [\"exercises/*\", \"lessons/*\"]\n\n[profile.dev]\nopt-level = 3\n";
        assert_eq!(staged_manifest(manifest), expected);
    }
}
