//! An author's way to a new lesson.

use std::fs;
use std::process::Command;

use e2e::{CourseCopy, Output};

#[test]
fn a_new_lesson_is_complete_and_keeps_its_promises() {
    let course = CourseCopy::fresh();
    // A name that comes after all others in the alphabet: no line of the template stands where it does because of a name.
    course
        .xtask(&["new", "zebra-sums"])
        .assert(0, &["Zebra sums", "lessons/AUTHORS.md", "cargo xtask verify"]);
    course
        .xtask(&["new", "zebra-sums"])
        .assert(2, &["-zebra-sums` already; give this one another name"]);
    let mut format = Command::new("cargo");
    Output::of(format.args(["fmt", "--all", "--check"]).current_dir(&course.root)).assert(0, &[]);
    let with = |command: &str, options: &[&str]| -> Output {
        course.xtask(&[&[command, "zebra-sums"], options].concat())
    };
    course.xtask(&["list"]).assert(0, &["Zebra sums not started"]);
    with("check", &[]).assert(1, &["not started", "-zebra-sums/src/lib.rs"]);
    with("hint", &["--all"]).assert(0, &["Hint 3 of 3"]);
    let new = course.lessons().pop().unwrap();
    course.verify(&new, &[]).assert(
        0,
        &[
            "the model passes",
            "to do: mistakes: 1 of at least 12; variants: 1 of at least 3",
            "it is a draft",
        ],
    );
    with("sweep", &["--quick", "--solution", "--size", "1000"])
        .assert(0, &["numbers far from 1: 1,000"]);
    with("trace", &["--quick", "--solution"]).assert(0, &["thread 1"]);
}

#[test]
fn a_wrong_name_or_one_in_use_is_refused_and_nothing_is_made() {
    let course = CourseCopy::fresh();
    let folders = || {
        let kinds = ["lessons", "exercises", "solutions"].map(|kind| course.root.join(kind));
        kinds.map(|kind| fs::read_dir(kind).unwrap().count())
    };
    let before = folders();
    course.xtask(&["new"]).assert(2, &["what is it called?"]);
    course
        .xtask(&["new", "Sums"])
        .assert(2, &["`Sums` is not a name for a lesson", "as in `reproducible-sums`"]);
    course
        .xtask(&["new", "chunked-integration"])
        .assert(2, &["there is a lesson `02-chunked-integration` already"]);
    course.xtask(&["new", "rayon-core"]).assert(2, &["there is a package `rayon-core` already"]);
    assert_eq!(folders(), before);
}
