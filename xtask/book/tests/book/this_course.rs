//! The book of this course.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use book::{Measured, Survey};
use xtask_core::course::Course;
use xtask_core::files::{entries, files_below, read_text};

/// The book of this course, made once for all tests: its folder, and where its links lead.
pub static BOOK: LazyLock<(PathBuf, Survey)> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let course = Course::open(root.canonicalize().unwrap()).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("book");
    let survey = book::make(&course, &Measured::default(), &folder).unwrap();
    (folder, survey)
});

#[test]
fn every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere() {
    let (folder, survey) = &*BOOK;
    assert_eq!(survey.faults, Vec::<String>::new());
    assert!(survey.inside > 100, "only {} links were found", survey.inside);
    let mut sheets = files_below(folder).unwrap();
    sheets.retain(|file| file.extension().is_some_and(|ending| ending == "css"));
    assert!(sheets.len() > 5, "only {sheets:?} were found");
    for sheet in sheets {
        let text = read_text(&sheet).unwrap();
        for loads in ["@import", "url(http", "url(\"http", "url('http", "url(//"] {
            assert!(!text.contains(loads), "`{loads}` in {}", sheet.display());
        }
    }
}

#[test]
fn every_lesson_is_a_chapter() {
    let (folder, _) = &*BOOK;
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons");
    for lesson in entries(&lessons).unwrap() {
        let lesson = lesson.file_name().unwrap().to_str().unwrap();
        let is_lesson = lesson.starts_with(|letter: char| letter.is_ascii_digit());
        assert_eq!(folder.join(format!("{lesson}.html")).is_file(), is_lesson, "{lesson}");
    }
}
