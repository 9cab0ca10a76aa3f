//! What a student typed is kept, whatever `reset` does to it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use e2e::{CourseCopy, LESSON, Output};
use xtask_core::files::files_below;

/// All files below a folder, with what they hold.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let relative = |file: &Path| file.strip_prefix(folder).unwrap().to_owned();
    let files = files_below(folder).unwrap();
    files.iter().map(|file| (relative(file), fs::read(file).unwrap())).collect()
}

/// The folders in which saved code lies, the oldest first.
fn saves(course: &CourseCopy) -> Vec<PathBuf> {
    let folder = course.root.join("saved").join(LESSON);
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut saves: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    saves.sort();
    saves
}

#[test]
fn reset_saves_every_byte_and_puts_the_skeleton_there() {
    let course = CourseCopy::fresh();
    // With the line endings of another system, with bytes that are not text, and with further files.
    course.write_code("pub mod deep;\r\n");
    fs::create_dir(course.src().join("deep")).unwrap();
    fs::write(course.src().join("deep/mod.rs"), b"// caf\xe9").unwrap();
    let typed = files(&course.src());

    course.xtask(&["reset", "02"]).assert(
        0,
        &["saved saved/02-chunked-integration/", "with deep/mod.rs", "cargo xtask check 02"],
    );
    assert_eq!(files(&saves(&course)[0].join("src")), typed);
    let pristine = BTreeMap::from([("lib.rs".into(), course.skeleton().into())]);
    assert_eq!(files(&course.src()), pristine);
    assert!(!course.src().join("deep").exists());
}

#[test]
fn an_untouched_exercise_is_left_alone_and_nothing_is_saved() {
    let course = CourseCopy::fresh();
    course.write_code(&course.skeleton().replace('\n', "\r\n"));
    let before = files(&course.src());
    course.xtask(&["reset", "02"]).assert(0, &["nothing to do"]);
    assert_eq!((files(&course.src()), saves(&course)), (before, vec![]));
}

#[test]
fn no_save_ever_replaces_another() {
    let course = CourseCopy::fresh();
    let typed = ["// one", "// two", "// three"];
    // Some of them within one second.
    for code in typed {
        course.write_code(code);
        course.xtask(&["reset", "02"]).assert(0, &["saved"]);
    }
    let mut saved: Vec<_> = saves(&course)
        .iter()
        .map(|save| fs::read_to_string(save.join("src/lib.rs")).unwrap())
        .collect();
    saved.sort();
    assert_eq!(saved, ["// one", "// three", "// two"]);
}

#[test]
fn reset_asks_for_a_lesson_even_where_one_could_be_guessed() {
    let course = CourseCopy::fresh();
    course.write_code("// typed");
    Output::of(course.command(&["reset"]).current_dir(course.exercise()))
        .assert(2, &["which lesson?"]);
    assert_eq!(files(&course.src())[Path::new("lib.rs")], b"// typed");
}

#[test]
fn a_missing_exercise_is_put_back() {
    let course = CourseCopy::fresh();
    fs::remove_dir_all(course.src()).unwrap();
    course.xtask(&["reset", "02"]).assert(0, &["as it was at the start"]);
    course.xtask(&["check", "02"]).assert(1, &["not started"]);
    assert_eq!(saves(&course), Vec::<PathBuf>::new());
}

#[cfg(unix)]
#[test]
fn a_link_is_replaced_and_what_it_leads_to_is_not() {
    let course = CourseCopy::fresh();
    let elsewhere = course.root.join("my own.rs");
    fs::write(&elsewhere, "// typed").unwrap();
    fs::remove_file(course.src().join("lib.rs")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, course.src().join("lib.rs")).unwrap();
    course.xtask(&["reset", "02"]).assert(0, &["saved"]);
    assert_eq!(fs::read_to_string(elsewhere).unwrap(), "// typed");
    assert_eq!(files(&saves(&course)[0])[Path::new("src/lib.rs")], b"// typed");
    course.xtask(&["check", "02"]).assert(1, &["not started"]);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_saved_is_named_and_nothing_is_touched() {
    let course = CourseCopy::fresh();
    course.write_code("// typed");
    std::os::unix::fs::symlink("/", course.src().join("all")).unwrap();
    course.xtask(&["reset", "02"]).assert(2, &["src/all", "cannot be saved", "move it out"]);
    assert_eq!(fs::read(course.src().join("lib.rs")).unwrap(), b"// typed");
}

#[cfg(unix)]
#[test]
fn what_an_open_editor_keeps_beside_the_code_stays_there() {
    let course = CourseCopy::fresh();
    fs::write(course.src().join(".lib.rs.swp"), "of vim").unwrap();
    // Of emacs: a link to nowhere.
    std::os::unix::fs::symlink("ann@laptop.1:2", course.src().join(".#lib.rs")).unwrap();
    course.xtask(&["reset", "02"]).assert(0, &["nothing to do"]);
    course.xtask(&["update", "02"]).assert(0, &["as in this version"]);

    course.write_code("// typed");
    course.xtask(&["reset", "02"]).assert(0, &["saved"]);
    assert_eq!(fs::read(course.src().join(".lib.rs.swp")).unwrap(), b"of vim");
    assert!(course.src().join(".#lib.rs").is_symlink());
    assert_eq!(files(&saves(&course)[0].join("src"))[Path::new("lib.rs")], b"// typed");
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_nothing_is_reset() {
    let course = CourseCopy::fresh();
    let typed = "// typed\n".repeat(100_000);
    course.write_code(&typed);
    fs::create_dir(course.root.join("saved")).unwrap();
    let mounts = "mount -t tmpfs -o size=64k none saved";
    if let Some(answer) = course.xtask_behind(mounts, &["reset", "02"]) {
        answer.assert(2, &["cannot be saved", "was touched", "cargo clean", "No space left"]);
        assert_eq!(fs::read_to_string(course.src().join("lib.rs")).unwrap(), typed);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_exercise_that_cannot_be_written_stays_as_it_was() {
    let course = CourseCopy::fresh();
    course.write_code("// typed");
    let mounts = "mount --bind exercises exercises && mount -o remount,bind,ro exercises";
    if let Some(answer) = course.xtask_behind(mounts, &["reset", "02"]) {
        answer.assert(2, &["src/lib.rs` is as it was", "Read-only file system"]);
        assert_eq!(files(&course.src())[Path::new("lib.rs")], b"// typed");
    }
}
