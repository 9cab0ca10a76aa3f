//! The template of a lesson: a small lesson of number 00, from which a new one is made by renaming it.
//!
//! Its folders `lessons`, `exercises` and `solutions` hold what goes into the lesson's folders of these names.

use std::path::{Path, PathBuf};

use anyhow::Result;
use xtask_core::files::{files_below, read_text};

use super::name::Name;

/// The three folders that a lesson has a folder in.
pub const KINDS: [&str; 3] = ["lessons", "exercises", "solutions"];

/// A file of the template, or of the lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// `lessons/README.md` in the template, `lessons/07-reproducible-sums/README.md` in the course.
    pub path: PathBuf,
    pub text: String,
}

/// All files of the template in this folder.
pub fn read(template: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for kind in KINDS {
        for file in files_below(&template.join(kind))? {
            let text = read_text(&file)?;
            files.push(File { path: file.strip_prefix(template)?.to_owned(), text });
        }
    }
    Ok(files)
}

/// A file of the template under its new name, in its place in the course.
pub fn fill_in(file: &File, name: &Name) -> File {
    let mut path = file.path.iter();
    let kind = path.next().unwrap_or_default();
    let place = Path::new(kind).join(name.folder()).join(path.as_path());
    let text = file
        .text
        .replace("00-a-new-lesson", &name.folder())
        .replace("a-new-lesson", name.slug())
        .replace("a_new_lesson", &name.in_code())
        .replace("A new lesson", &name.title())
        .replace("esson 00", &format!("esson {}", name.number()));
    File { path: place, text: commands(&text, &name.number()) }
}

/// `cargo xtask COMMAND 00` with the lesson's own number.
fn commands(text: &str, number: &str) -> String {
    const COMMAND: &str = "cargo xtask ";
    let mut parts = text.split(COMMAND);
    let mut fill_in = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        fill_in += COMMAND;
        fill_in += &match part.split_once(' ') {
            Some((verb, rest)) if rest.starts_with("00") => {
                format!("{verb} {number}{}", &rest["00".len()..])
            }
            _ => part.to_owned(),
        };
    }
    fill_in
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson() -> Vec<File> {
        let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("template");
        let name = Name::new(7, "zebra-sums").unwrap();
        let files = read(&template).unwrap();
        files.iter().map(|file| fill_in(file, &name)).collect()
    }

    #[test]
    fn every_file_goes_to_its_lessons_folder() {
        let paths: Vec<_> = lesson().iter().map(|file| file.path.clone()).collect();
        for path in [
            "lessons/07-zebra-sums/README.md",
            "exercises/07-zebra-sums/tests/check.rs",
            "solutions/07-zebra-sums/mistakes/serial.diff",
        ] {
            assert!(paths.contains(&path.into()), "{path} in {paths:?}");
        }
    }

    #[test]
    fn nothing_of_the_templates_own_name_is_left() {
        for File { path, text } in lesson() {
            let text = text.to_lowercase().replace(['_', '-'], " ");
            for own in ["a new lesson", "lesson 00", "xtask check 00"] {
                assert!(!text.contains(own), "{own} in {}", path.display());
            }
        }
    }

    #[test]
    fn authors_read_what_the_template_holds() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let page = read_text(&root.join("../lessons/AUTHORS.md")).unwrap();
        let files = read(&root.join("template")).unwrap();
        let unindent = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
        let blocks = page.split("```rust\n").skip(1);
        let blocks = blocks.filter_map(|rest| rest.split("```").next());
        for block in blocks.filter(|block| !block.starts_with("// rejected: ")) {
            let holds = |file: &File| unindent(&file.text).contains(&unindent(block));
            assert!(files.iter().any(holds), "{block}");
        }
    }

    #[test]
    fn a_command_gets_the_number_and_other_numbers_stay() {
        let text = "`cargo xtask check 00`, 100 times, cargo xtask list\n";
        let expected = "`cargo xtask check 07`, 100 times, cargo xtask list\n";
        assert_eq!(commands(text, "07"), expected);
    }
}
