//! Code that is measured: where it lies, what its checks say, and the program that runs it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::check::{Outcome, build_release, judge_package};
use crate::course::{Course, Lesson};
use crate::test_binary::TestBinary;
use crate::variant::{Stage, Variant};

/// Whose code is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeUnderTest {
    /// The student's or the model's.
    OfTheCourse(Variant),
    /// That in another folder, which holds a `src`, with the name it was given.
    Elsewhere { name: String, src: PathBuf },
}

/// What came of building a subject's checks.
pub enum Built {
    /// It can be run.
    Ready(TestBinary),
    /// It cannot be run; why, in a sentence, and rustc's words if that is the reason.
    Not { why: String, errors: Vec<String> },
}

impl CodeUnderTest {
    /// `mine`, `solution` or a path.
    ///
    /// # Errors
    ///
    /// The path leads to no folder with a submission's `src/lib.rs`.
    pub fn from_name(name: &str) -> Result<Self> {
        match name {
            "mine" => return Ok(Self::OfTheCourse(Variant::Exercise)),
            "solution" => return Ok(Self::OfTheCourse(Variant::Solution)),
            _ => {}
        }
        let path = Path::new(name);
        let is_src = path.file_name() == Some(OsStr::new("src"));
        let src = if is_src { path.to_owned() } else { path.join("src") };
        ensure!(
            src.join("lib.rs").is_file(),
            "`{name}` is neither `mine` nor `solution` nor a folder with a submission's `src/lib.rs`"
        );
        Ok(Self::Elsewhere { name: name.to_owned(), src })
    }

    /// What tables and documents call it.
    pub fn name(&self) -> &str {
        match self {
            Self::OfTheCourse(variant) => variant.word(),
            Self::Elsewhere { name, .. } => name,
        }
    }

    /// The file that holds its code.
    pub fn code(&self, lesson: &Lesson) -> PathBuf {
        match self {
            Self::OfTheCourse(subject) => subject.package(lesson).code(),
            Self::Elsewhere { src, .. } => src.join("lib.rs"),
        }
    }

    /// Judges it by the tiers that can fail a lesson, as `check` does.
    pub fn judge(&self, bench: &mut Workbench, now: impl FnMut(&str) + Send) -> Result<Outcome> {
        let lesson = bench.lesson;
        match self {
            Self::OfTheCourse(Variant::Exercise) if lesson.is_untouched()? => {
                Ok(Outcome::not_started())
            }
            Self::OfTheCourse(subject) => judge_package(&subject.package(lesson), lesson, now),
            Self::Elsewhere { src, .. } => {
                judge_package(bench.stage()?.put_folder(src)?, lesson, now)
            }
        }
    }

    /// Builds its checks, as for a release, and says what it is at as it goes.
    ///
    /// # Errors
    ///
    /// Cargo cannot do it, for a reason that is not in the subject's code.
    pub fn build(&self, bench: &mut Workbench, now: impl FnMut(&str) + Send) -> Result<Built> {
        let (course, lesson) = (bench.course, bench.lesson);
        match self {
            Self::OfTheCourse(Variant::Exercise) if lesson.is_untouched()? => Ok(Built::Not {
                why: format!("lesson {} is not started", lesson.number()),
                errors: Vec::new(),
            }),
            Self::OfTheCourse(subject) => {
                Ok(build_release(subject.package(lesson), lesson, now)?.into())
            }
            Self::Elsewhere { name, src } => {
                let package = bench.stage()?.put_folder(src)?.clone();
                let checks = match build_release(package.clone(), lesson, now)? {
                    Ok(checks) => checks,
                    broken => return Ok(broken.into()),
                };
                // The next subject on the stage is built to the same place.
                let place = course.root().join("target/many-hands/subjects").join(file_name(name));
                let kept = checks.copy_to(&place.join(lesson.name()))?;
                let staged = fs::read(package.code())?;
                ensure!(
                    fs::read(src.join("lib.rs")).is_ok_and(|code| code == staged),
                    "`{name}` changed while it was built, or another measurement builds here too; try again"
                );
                Ok(Built::Ready(kept))
            }
        }
    }
}

/// Where the subjects of one lesson are built. Those from elsewhere share a stage, one after the other; it is laid out for
/// the first of them.
pub struct Workbench<'a> {
    course: &'a Course,
    lesson: &'a Lesson,
    stage: Option<Stage>,
}

impl<'a> Workbench<'a> {
    pub fn new(course: &'a Course, lesson: &'a Lesson) -> Self {
        Self { course, lesson, stage: None }
    }

    fn stage(&mut self) -> Result<&Stage> {
        let stage = match self.stage.take() {
            Some(stage) => stage,
            None => Stage::lay_out(self.course, self.lesson, "subjects")?,
        };
        Ok(self.stage.insert(stage))
    }
}

impl From<Result<TestBinary, Vec<String>>> for Built {
    fn from(built: Result<TestBinary, Vec<String>>) -> Self {
        match built {
            Ok(checks) => Self::Ready(checks),
            Err(errors) => Self::Not { why: "it does not compile".to_owned(), errors },
        }
    }
}

fn file_name(path: &str) -> String {
    let plain = |c: char| {
        if c.is_alphanumeric() || c == '-' { c } else { '_' }
    };
    path.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_mine_or_the_solution_or_a_folder_with_a_submission() {
        assert_eq!(CodeUnderTest::from_name("mine").unwrap().name(), "exercise");
        assert_eq!(CodeUnderTest::from_name("solution").unwrap().name(), "solution");
        let here = CodeUnderTest::from_name(concat!(env!("CARGO_MANIFEST_DIR"), "/benches"))
            .unwrap_err()
            .to_string();
        assert!(here.contains("nor a folder with a submission's `src/lib.rs`"), "{here}");
    }

    #[test]
    fn a_path_becomes_one_file_name() {
        assert_eq!(file_name("../class/ann b/02"), "___class_ann_b_02");
    }
}
