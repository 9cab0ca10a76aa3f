//! Whose code is checked, and the package in which it is built.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::course::{Course, Lesson};
use crate::files::{copy, copy_into, entries, read_text, remove_folder, write};

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
    pub fn lay_out(course: &Course, lesson: &Lesson, name: &str) -> Result<Self> {
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
        let cargo = vec![
            // One build folder for every lesson on this stage: what they share is built once.
            ("CARGO_TARGET_DIR", stage.join("target").into()),
            // Each build is of other code: what is kept for the next one would be in vain.
            ("CARGO_INCREMENTAL", "0".into()),
            ("CARGO_PROFILE_DEV_CODEGEN_UNITS", "1".into()),
            ("CARGO_PROFILE_DEV_DEBUG", "0".into()),
        ];
        Ok(Self { package: Package { folder: staged, release: false, cargo } })
    }

    /// Puts a folder's files in the exercise's place: all of a submission's `src`.
    pub fn put_folder(&self, src: &Path) -> Result<&Package> {
        let staged = self.package.folder.join("src");
        remove_folder(&staged)?;
        copy(src, &staged)?;
        Ok(&self.package)
    }
}

/// The workspace's manifest with only the packages that a stage has.
fn staged_manifest(manifest: &str) -> String {
    let kept = manifest.split_inclusive("\n\n").filter(|part| !part.contains(PROFILE_OF_A_LESSON));
    let kept = kept.flat_map(str::lines).filter(|line| !line.starts_with("default-members"));
    kept.map(|line| match line {
        line if line.starts_with("members") => {
            "members = [\"exercises/*\", \"lessons/*\"]\n".to_owned()
        }
        line => format!("{line}\n"),
    })
    .collect()
}

/// Cargo warns of a profile for a package that is not there.
const PROFILE_OF_A_LESSON: &str = "[profile.dev.package.lesson-";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_staged_workspace_has_the_profiles_of_its_members() {
        let manifest = "[workspace]\nmembers = [\"a\", \"xtask\"]\ndefault-members = [\"a\"]\n\n[profile.dev]\nopt-level = 0\n\n\
                        # Fast.\n[profile.dev.package.lesson-a]\nopt-level = 3\n\n[profile.dev.package.rayon]\nopt-level = 3\n";
        let expected = "[workspace]\nmembers = [\"exercises/*\", \"lessons/*\"]\n\n[profile.dev]\nopt-level = 0\n\n\
                        [profile.dev.package.rayon]\nopt-level = 3\n";
        assert_eq!(staged_manifest(manifest), expected);
    }
}
