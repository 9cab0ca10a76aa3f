//! What is on disk, as values: the course, its lessons, and what belongs to each.
//!
//! A lesson is its folders: `lessons/NN-slug`, `exercises/NN-slug` and `solutions/NN-slug`. Nothing lists the lessons
//! anywhere; adding the folders adds the lesson.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};

use crate::skeleton;

/// A checkout of the course.
#[derive(Debug)]
pub struct Course {
    root: PathBuf,
    /// In order of number; never empty.
    lessons: Vec<Lesson>,
}

/// One lesson: a number, a slug, and three folders of one name.
#[derive(Clone, Debug)]
pub struct Lesson {
    root: PathBuf,
    number: u32,
    /// `NN-slug`.
    name: String,
}

/// One stage of a lesson's hints.
#[derive(Debug, PartialEq, Eq)]
pub struct Hint {
    /// `The concept`, without its number.
    pub title: String,
    pub text: String,
}

impl Course {
    /// The course around the folder that the user stands in, else the one that this runner was started from.
    ///
    /// # Errors
    ///
    /// Not inside a course, a path that is not UTF-8, an unreadable folder, a course without lessons.
    pub fn here() -> Result<Self> {
        let here = std::env::current_dir()
            .context("the current folder cannot be read; does it still exist?")?;
        let around = here
            .ancestors()
            .map(Path::to_path_buf)
            .find(|folder| is_course(folder));
        // Cargo tells the programs it runs where their package is.
        let started_from = std::env::var_os("CARGO_MANIFEST_DIR")
            .and_then(|xtask| Some(Path::new(&xtask).parent()?.to_path_buf()))
            .filter(|folder| is_course(folder));
        let root = around.or(started_from).with_context(|| {
            format!(
                "`{}` is not inside a checkout of Many Hands; go to the folder you cloned",
                here.display()
            )
        })?;
        Self::at(root)
    }

    /// The course in this folder.
    ///
    /// # Errors
    ///
    /// As for [`Course::here`].
    pub fn at(root: PathBuf) -> Result<Self> {
        if root.to_str().is_none() {
            bail!(
                "the path `{}` has bytes that are not UTF-8, which Rust's tools cannot handle; \
                 move the course to a folder with a plain name",
                root.display()
            );
        }
        let folder = root.join("lessons");
        let mut lessons = Vec::new();
        for entry in fs::read_dir(&folder)
            .with_context(|| format!("`{}` cannot be read", folder.display()))?
        {
            let name = entry?.file_name();
            lessons.extend(name.to_str().and_then(|name| Lesson::named(&root, name)));
        }
        ensure!(
            !lessons.is_empty(),
            "`{}` holds no lesson; is the clone complete?",
            folder.display()
        );
        lessons.sort_by_key(|lesson| lesson.number);
        Ok(Self { root, lessons })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn lessons(&self) -> &[Lesson] {
        &self.lessons
    }

    pub fn last(&self) -> &Lesson {
        &self.lessons[self.lessons.len() - 1]
    }

    /// The lesson that comes after this one.
    pub fn after(&self, lesson: &Lesson) -> Option<&Lesson> {
        self.lessons
            .iter()
            .find(|other| other.number > lesson.number)
    }

    /// The lesson that is called so: by number (`02`, `2`), by slug or folder name, or by a beginning that only one has.
    ///
    /// # Errors
    ///
    /// None is called so, or several are; the message lists them.
    pub fn lesson(&self, name: &str) -> Result<&Lesson> {
        let number = name.parse::<u32>().ok();
        let exactly = |lesson: &&Lesson| {
            number == Some(lesson.number) || [lesson.slug(), lesson.name()].contains(&name)
        };
        if let Some(lesson) = self.lessons.iter().find(exactly) {
            return Ok(lesson);
        }
        let begins =
            |lesson: &&Lesson| lesson.slug().starts_with(name) || lesson.name.starts_with(name);
        let begun: Vec<_> = self.lessons.iter().filter(begins).collect();
        let listed = |lessons: &[&Lesson]| {
            lessons
                .iter()
                .map(|lesson| format!("\n  {}", lesson.name))
                .collect::<String>()
        };
        match begun[..] {
            [lesson] if !name.is_empty() => Ok(lesson),
            [] => Err(anyhow!(
                "there is no lesson `{name}`; there are:{}",
                listed(&self.lessons.iter().collect::<Vec<_>>())
            )),
            _ => Err(anyhow!(
                "`{name}` is the beginning of more than one lesson:{}",
                listed(&begun)
            )),
        }
    }

    /// The lesson in one of whose folders this path lies.
    pub fn lesson_at(&self, path: &Path) -> Option<&Lesson> {
        let mut within = path.strip_prefix(&self.root).ok()?.components();
        let kind = within.next()?.as_os_str().to_str()?;
        let name = within.next()?.as_os_str();
        ["lessons", "exercises", "solutions"]
            .contains(&kind)
            .then_some(())?;
        self.lessons
            .iter()
            .find(|lesson| name == lesson.name.as_str())
    }
}

impl Lesson {
    /// The lesson of a folder called `NN-slug`; other names are no lesson.
    fn named(root: &Path, name: &str) -> Option<Self> {
        let (number, slug) = name.split_once('-')?;
        let two_digits = number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit());
        (two_digits && !slug.is_empty()).then(|| Self {
            root: root.to_path_buf(),
            number: number.parse().unwrap_or_default(),
            name: name.to_owned(),
        })
    }

    /// `NN-slug`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `NN`, as a student types it.
    pub fn number(&self) -> &str {
        &self.name[..2]
    }

    pub fn slug(&self) -> &str {
        &self.name[3..]
    }

    /// The lesson's own folder: the chapter, the hints, the given code.
    pub fn folder(&self) -> PathBuf {
        self.root.join("lessons").join(&self.name)
    }

    pub fn exercise(&self) -> PathBuf {
        self.root.join("exercises").join(&self.name)
    }

    /// The only copy of the lesson's checks.
    pub fn checks(&self) -> PathBuf {
        self.exercise().join("tests/check.rs")
    }

    pub fn solution(&self) -> PathBuf {
        self.root.join("solutions").join(&self.name)
    }

    /// A path inside the course as the reader is shown it: from the root, with forward slashes.
    pub fn shown(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        path.components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/")
    }

    /// What stands after `# Lesson NN: ` on the first line of the chapter.
    ///
    /// # Errors
    ///
    /// The chapter is missing or begins otherwise.
    pub fn title(&self) -> Result<String> {
        let chapter = self.folder().join("README.md");
        let text = read(&chapter)?;
        let heading = format!("# Lesson {}: ", self.number());
        let title = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix(&heading));
        let title = title.with_context(|| {
            format!(
                "`{}` does not begin with `{heading}…`",
                self.shown(&chapter)
            )
        })?;
        Ok(title.to_owned())
    }

    /// The stages of `hints.md`: its `## N. Title` sections.
    ///
    /// # Errors
    ///
    /// The file is missing or has no section.
    pub fn hints(&self) -> Result<Vec<Hint>> {
        let path = self.folder().join("hints.md");
        let hints = sections(&read(&path)?);
        ensure!(
            !hints.is_empty(),
            "`{}` has no `## ` section",
            self.shown(&path)
        );
        Ok(hints)
    }

    /// The exercise as it was before anybody edited it: the marked regions of the model solution.
    ///
    /// # Errors
    ///
    /// The solution is missing or its markers do not match.
    pub fn skeleton(&self) -> Result<String> {
        let path = self.solution().join("src/lib.rs");
        skeleton::derived(&read(&path)?).with_context(|| format!("in `{}`", self.shown(&path)))
    }

    /// Whether the student's code is the skeleton still, whatever its line endings.
    ///
    /// # Errors
    ///
    /// The exercise or the solution cannot be read.
    pub fn is_untouched(&self) -> Result<bool> {
        let path = self.exercise().join("src/lib.rs");
        let code = read(&path).with_context(|| {
            format!(
                "`cargo xtask skeleton {} > {}` puts the skeleton there",
                self.number(),
                self.shown(&path)
            )
        })?;
        Ok(code.replace("\r\n", "\n") == self.skeleton()?)
    }
}

/// A text file of the course.
fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("`{}` cannot be read", path.display()))
}

fn is_course(folder: &Path) -> bool {
    ["lessons", "exercises", "solutions"]
        .iter()
        .all(|name| folder.join(name).is_dir())
        && folder.join("xtask/Cargo.toml").is_file()
}

fn sections(text: &str) -> Vec<Hint> {
    let text = format!("\n{}", text.replace("\r\n", "\n"));
    let parts = text.split("\n## ").skip(1);
    parts
        .map(|part| {
            let (heading, text) = part.split_once('\n').unwrap_or((part, ""));
            let title = heading.trim_start_matches(|letter: char| {
                letter.is_ascii_digit() || ". ".contains(letter)
            });
            Hint {
                title: title.trim().to_owned(),
                text: text.trim().to_owned(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(names: &[&str]) -> Course {
        let root = PathBuf::from("/course");
        let lessons = names
            .iter()
            .map(|name| Lesson::named(&root, name).unwrap())
            .collect();
        Course { root, lessons }
    }

    #[test]
    fn a_lesson_answers_to_its_number_its_slug_and_any_unique_beginning() {
        let course = course(&[
            "01-refactor-to-map",
            "02-chunked-integration",
            "10-reproducible-sums",
        ]);
        for name in [
            "02",
            "2",
            "chunked-integration",
            "02-chunked-integration",
            "c",
            "chunked",
            "02-ch",
        ] {
            assert_eq!(
                course.lesson(name).unwrap().name(),
                "02-chunked-integration",
                "{name}"
            );
        }
    }

    #[test]
    fn a_name_that_fits_none_or_several_lists_what_there_is() {
        let course = course(&[
            "01-refactor-to-map",
            "02-chunked-integration",
            "10-reproducible-sums",
        ]);
        insta::assert_snapshot!(course.lesson("07").unwrap_err(), @"
        there is no lesson `07`; there are:
          01-refactor-to-map
          02-chunked-integration
          10-reproducible-sums
        ");
        insta::assert_snapshot!(course.lesson("re").unwrap_err(), @"
        `re` is the beginning of more than one lesson:
          01-refactor-to-map
          10-reproducible-sums
        ");
    }

    #[test]
    fn the_lesson_is_known_from_any_folder_within_it() {
        let course = course(&["02-chunked-integration"]);
        for inside in [
            "/course/exercises/02-chunked-integration/src",
            "/course/lessons/02-chunked-integration",
        ] {
            assert!(course.lesson_at(Path::new(inside)).is_some(), "{inside}");
        }
        for outside in [
            "/course",
            "/course/xtask/02-chunked-integration",
            "/elsewhere/exercises/02-chunked-integration",
        ] {
            assert!(course.lesson_at(Path::new(outside)).is_none(), "{outside}");
        }
    }

    #[test]
    fn only_numbered_folders_are_lessons() {
        let root = Path::new("/course");
        for name in ["instruments", "2-short", "02-", "a2-slug", "02"] {
            assert!(Lesson::named(root, name).is_none(), "{name}");
        }
    }

    #[test]
    fn hints_are_the_numbered_sections() {
        let hints = sections(
            "## 1. The concept\r\n\r\nSplit.\r\n\r\n## 2. The shape\r\nTwo functions.\r\n",
        );
        let expected =
            [("The concept", "Split."), ("The shape", "Two functions.")].map(|(title, text)| {
                Hint {
                    title: title.into(),
                    text: text.into(),
                }
            });
        assert_eq!(hints, expected);
    }
}
