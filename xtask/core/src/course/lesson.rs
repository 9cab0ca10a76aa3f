//! One lesson of the course, and what belongs to it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::files::read_text;
use crate::skeleton;

/// One lesson: a number, a slug, and three folders of one name.
#[derive(Clone, Debug)]
pub struct Lesson {
    root: PathBuf,
    pub(super) number: u32,
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

impl Lesson {
    /// The lesson of a folder called `NN-slug`; `None` for other names.
    pub(super) fn from_folder(root: &Path, folder: &Path) -> Option<Self> {
        let name = folder.file_name()?.to_str()?;
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
    pub fn display_path(&self, path: &Path) -> String {
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
        let text = read_text(&chapter)?;
        let heading = format!("# Lesson {}: ", self.number());
        let title = text.lines().next().and_then(|line| line.strip_prefix(&heading));
        let title = title.with_context(|| {
            format!("`{}` does not begin with `{heading}…`", self.display_path(&chapter))
        })?;
        Ok(title.to_owned())
    }

    /// Whether the chapter says of itself that it is a draft: a line that begins with `> Draft`. Until that line is removed, what
    /// the lesson still lacks is not a fault.
    pub fn is_draft(&self) -> Result<bool> {
        let chapter = read_text(&self.folder().join("README.md"))?;
        Ok(chapter.lines().any(|line| line.starts_with("> Draft")))
    }

    /// The stages of `hints.md`: its `## N. Title` sections.
    ///
    /// # Errors
    ///
    /// The file is missing or has no section.
    pub fn hints(&self) -> Result<Vec<Hint>> {
        let path = self.folder().join("hints.md");
        let hints = sections(&read_text(&path)?);
        ensure!(!hints.is_empty(), "`{}` has no `## ` section", self.display_path(&path));
        Ok(hints)
    }

    /// The exercise as it was before the student edited it, derived from the marked regions of the model solution.
    ///
    /// # Errors
    ///
    /// The solution is missing or its markers do not match.
    pub fn skeleton(&self) -> Result<String> {
        skeleton::derive(&self.model()?).with_context(|| {
            let path = self.solution().join("src/lib.rs");
            format!("in `{}`", self.display_path(&path))
        })
    }

    /// The source of the model, with the markers from which the skeleton is derived.
    pub fn model(&self) -> Result<String> {
        read_text(&self.solution().join("src/lib.rs"))
    }

    /// Whether the student's code is the skeleton still, whatever its line endings.
    pub fn is_untouched(&self) -> Result<bool> {
        let path = self.exercise().join("src/lib.rs");
        let code = read_text(&path).with_context(|| {
            format!("`cargo xtask reset {}` puts the skeleton there", self.number())
        })?;
        Ok(code.replace("\r\n", "\n") == self.skeleton()?)
    }
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
            Hint { title: title.trim().to_owned(), text: text.trim().to_owned() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Course;

    #[test]
    fn only_numbered_folders_are_lessons() {
        let root = Path::new("/course");
        for name in ["testkit", "2-short", "02-", "a2-slug", "02"] {
            assert!(Lesson::from_folder(root, Path::new(name)).is_none(), "{name}");
        }
    }

    /// Looks at the models alone, since an exercise may hold anything by now; CI compares those of a fresh clone.
    #[test]
    fn every_model_yields_a_skeleton_with_its_contract_and_stubs() {
        for lesson in Course::here().unwrap().lessons() {
            let (name, model) = (lesson.name(), lesson.model().unwrap());
            let derived = lesson.skeleton().unwrap();
            let mut lines = derived.lines();
            for line in skeleton::contract(&model) {
                let is_there = lines.any(|other| other == line.trim_end());
                assert!(is_there, "{name}: `{line}` is not in its place");
            }
            assert!(derived.contains("todo!("), "{name}: nothing is left to write");
            assert_ne!(derived, model, "{name}");
        }
    }

    #[test]
    fn hints_are_the_numbered_sections() {
        let hints = sections(
            "## 1. The concept\r\n\r\nSplit.\r\n\r\n## 2. The shape\r\nTwo functions.\r\n",
        );
        let expected = [("The concept", "Split."), ("The shape", "Two functions.")]
            .map(|(title, text)| Hint { title: title.into(), text: text.into() });
        assert_eq!(hints, expected);
    }
}
