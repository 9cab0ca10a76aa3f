//! After a new version has come, `update` leaves to students what is theirs.

use std::fs;
use std::process::Command;

use e2e::{CourseCopy, LESSON, Output};

/// A course whose history holds an earlier version of the lesson, and that version's skeleton.
fn course_with_history() -> (CourseCopy, String) {
    let course = CourseCopy::fresh();
    let model = course.model();
    let file = course.root.join("solutions").join(LESSON).join("src/lib.rs");
    git(&course, &["init", "--quiet"]);
    fs::write(&file, model.replace(NOW, THEN)).unwrap();
    let earlier = course.skeleton();
    assert!(earlier.contains(THEN));
    commit(&course, "an earlier version");
    fs::write(&file, model).unwrap();
    commit(&course, "this version");
    (course, earlier)
}

/// A line of the contract, and what stood there in the earlier version.
const NOW: &str = "The lengths differ by at most one.";
const THEN: &str = "The lengths may differ.";

fn commit(course: &CourseCopy, what: &str) {
    git(course, &["add", "solutions", "exercises"]);
    git(course, &["commit", "--quiet", "--message", what]);
}

fn git(course: &CourseCopy, arguments: &[&str]) {
    let who = ["-c", "user.name=A Student", "-c", "user.email=student@example.org"];
    let mut git = Command::new("git");
    let done = git.args(who).args(arguments).current_dir(&course.root).status();
    assert!(done.unwrap().success(), "git {arguments:?}");
}

#[test]
fn update_replaces_an_untouched_exercise() {
    let (course, earlier) = course_with_history();
    course.write_code(&earlier.replace('\n', "\r\n"));
    course.xtask(&["update", "02"]).assert(0, &["not begun, now as in this version"]);
    assert_eq!(fs::read_to_string(course.src().join("lib.rs")).unwrap(), course.skeleton());
    course.xtask(&["update", "02"]).assert(0, &["nothing to do"]);
}

#[test]
fn update_leaves_what_is_begun_and_shows_what_is_asked_for_now() {
    let (course, earlier) = course_with_history();
    let begun = earlier.replace("todo!(\"split 0..{n} into {chunks} ranges\")", "Vec::new()");
    assert_ne!(begun, earlier);
    course.write_code(&begun);
    course.xtask(&["update"]).assert(
        0,
        &[
            "yours, left as it is",
            "its skeleton has changed since you began",
            &format!("- /// {THEN}"),
            &format!("+ /// {NOW}"),
            "cargo xtask check 02",
            "cargo xtask reset 02",
        ],
    );
    assert_eq!(fs::read_to_string(course.src().join("lib.rs")).unwrap(), begun);
}

#[test]
fn without_a_history_update_touches_nothing_and_says_so() {
    let (course, earlier) = course_with_history();
    course.write_code(&earlier);
    fs::remove_dir_all(course.root.join(".git")).unwrap();
    let mut update = course.command(&["update", "02"]);
    update.env("GIT_CEILING_DIRECTORIES", course.root.parent().unwrap());
    Output::of(&mut update).assert(0, &["yours, left as it is", "not a git repository"]);
    assert_eq!(fs::read_to_string(course.src().join("lib.rs")).unwrap(), earlier);
}

#[test]
fn a_version_that_is_fetched_but_not_merged_is_told_with_the_way_to_it() {
    let (course, _) = course_with_history();
    git(&course, &["branch", "newer"]);
    git(&course, &["reset", "--quiet", "--soft", "HEAD~1"]);
    git(&course, &["branch", "--quiet", "--set-upstream-to=newer"]);
    course
        .xtask(&["update", "02"])
        .assert(0, &["1 commit is fetched but not in your files", "git commit --all", "git pull"]);
}
