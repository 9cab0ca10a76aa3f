//! What is on disk, as values: the course, its lessons, and what belongs to each.
//!
//! A lesson is its folders: `lessons/NN-slug`, `exercises/NN-slug` and `solutions/NN-slug`. Nothing lists the lessons
//! anywhere; adding the folders adds the lesson.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};

mod lesson;

pub use lesson::{Hint, Lesson};

use crate::files::entries;

/// A checkout of the course.
#[derive(Debug)]
pub struct Course {
    root: PathBuf,
    /// In order of number; never empty.
    lessons: Vec<Lesson>,
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
        let around = here.ancestors().map(Path::to_path_buf).find(|folder| is_course(folder));
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
        Self::open(root)
    }

    /// The course in this folder.
    pub fn open(root: PathBuf) -> Result<Self> {
        if root.to_str().is_none() {
            bail!(
                "the path `{}` has bytes that are not UTF-8, which Rust's tools cannot handle; \
                 move the course to a folder with a plain name",
                root.display()
            );
        }
        let folder = root.join("lessons");
        let lessons = entries(&folder)?.into_iter();
        let mut lessons: Vec<_> =
            lessons.filter_map(|folder| Lesson::from_folder(&root, &folder)).collect();
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

    /// The workspace of the packages that are built only when they are used.
    pub fn tools(&self) -> PathBuf {
        self.root.join("xtask/tools")
    }

    pub fn lessons(&self) -> &[Lesson] {
        &self.lessons
    }

    pub fn last(&self) -> &Lesson {
        &self.lessons[self.lessons.len() - 1]
    }

    /// The folders of the packages that lessons share: those beside the lessons that are none.
    pub fn shared_packages(&self) -> Result<Vec<PathBuf>> {
        let mut folders = entries(&self.root.join("lessons"))?;
        folders.retain(|folder| {
            Lesson::from_folder(&self.root, folder).is_none() && folder.join("Cargo.toml").is_file()
        });
        Ok(folders)
    }

    pub fn lesson_after(&self, lesson: &Lesson) -> Option<&Lesson> {
        self.lessons.iter().find(|other| other.number > lesson.number)
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
            |lesson: &&Lesson| lesson.slug().starts_with(name) || lesson.name().starts_with(name);
        let begun: Vec<_> = self.lessons.iter().filter(begins).collect();
        let listed = |lessons: &[&Lesson]| {
            lessons.iter().map(|lesson| format!("\n  {}", lesson.name())).collect::<String>()
        };
        match begun[..] {
            [lesson] if !name.is_empty() => Ok(lesson),
            [] => Err(anyhow!(
                "there is no lesson `{name}`; there are:{}",
                listed(&self.lessons.iter().collect::<Vec<_>>())
            )),
            _ => {
                Err(anyhow!("`{name}` is the beginning of more than one lesson:{}", listed(&begun)))
            }
        }
    }

    /// The lesson in one of whose folders this path lies.
    pub fn lesson_at(&self, path: &Path) -> Option<&Lesson> {
        let mut within = path.strip_prefix(&self.root).ok()?.components();
        let kind = within.next()?.as_os_str().to_str()?;
        let name = within.next()?.as_os_str();
        ["lessons", "exercises", "solutions"].contains(&kind).then_some(())?;
        self.lessons.iter().find(|lesson| name == lesson.name())
    }
}

fn is_course(folder: &Path) -> bool {
    ["lessons", "exercises", "solutions"].iter().all(|name| folder.join(name).is_dir())
        && folder.join("xtask/Cargo.toml").is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course() -> Course {
        let root = PathBuf::from("/course");
        let names = ["01-refactor-to-map", "02-chunked-integration", "10-reproducible-sums"];
        let lessons = names.map(|name| Lesson::from_folder(&root, Path::new(name)).unwrap());
        Course { root, lessons: lessons.to_vec() }
    }

    #[test]
    fn a_lesson_answers_to_its_number_its_slug_and_any_unique_beginning() {
        let course = course();
        for name in
            ["02", "2", "chunked-integration", "02-chunked-integration", "c", "chunked", "02-ch"]
        {
            assert_eq!(course.lesson(name).unwrap().name(), "02-chunked-integration", "{name}");
        }
    }

    #[test]
    fn a_name_that_fits_none_or_several_lists_what_there_is() {
        let course = course();
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
        let course = course();
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
}
