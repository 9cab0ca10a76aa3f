//! A student's way through a lesson, with the real runner on real code.

use std::path::Path;

use measure::protocol::{CheckDocument, VerdictWord, from_text};

use e2e::{CourseCopy, LESSON, Output};

#[test]
fn from_red_to_green_and_on() {
    let course = CourseCopy::fresh();
    course.xtask(&["solution", "02"]).assert(1, &["has not passed yet", "--spoil"]);
    course
        .xtask(&["solution", "02", "--spoil"])
        .assert(0, &["solutions/02-chunked-integration/src/lib.rs"]);

    course.write_chunk_ranges("vec![0..n; chunks.get()]");
    course
        .xtask(&["check", "02"])
        .assert(1, &["✗ correct", "– concurrent when correct holds", "seen", "expected"]);
    course.xtask(&["list"]).assert(0, &["… 02"]);

    course.write_code(&course.model());
    course.xtask(&["check", "02"]).assert(
        0,
        &["✓ correct", "✓ concurrent", "speed", "cargo xtask diff 02 shows the model beside yours"],
    );
    course.xtask(&["list"]).assert(0, &["✓ 02", "done"]);
    course.xtask(&["solution", "02"]).assert(0, &["solutions/02-chunked-integration/src/lib.rs"]);

    course.write_code(&format!("{}\n// one thought more\n", course.model()));
    course.xtask(&["list"]).assert(0, &["… 02", "changed since"]);
    // Who has found a solution may see another, whatever came after.
    for command in ["solution", "diff"] {
        course.xtask(&[command, "02"]).assert(0, &["solutions/02-chunked-integration/src/lib.rs"]);
    }
}

#[test]
fn hints_come_one_at_a_time_and_stay_at_the_last() {
    let course = CourseCopy::fresh();
    for stage in ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "Hint 3 of 3"] {
        course.xtask(&["hint", "02"]).assert(0, &[stage]);
    }
    course
        .xtask(&["hint", "02", "--all"])
        .assert(0, &["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3"]);
}

#[test]
fn without_a_name_it_is_the_lesson_one_stands_in_else_the_first_not_done() {
    let course = CourseCopy::fresh();
    let within = course.exercise().join("src");
    Output::of(course.command(&["check"]).current_dir(within)).assert(1, &["Lesson 02"]);
    course.xtask(&["check"]).assert(1, &["Lesson 01"]);
}

#[test]
fn a_wrong_command_line_is_status_2_with_what_there_is() {
    let course = CourseCopy::fresh();
    course.xtask(&["check", "99"]).assert(2, &["there is no lesson `99`; there are:", LESSON]);
    course
        .xtask(&["chekc"])
        .assert(2, &["there is no `cargo xtask chekc`; there are: check, watch, list"]);
    Output::of(course.command(&["list"]).current_dir(Path::new("/")))
        .assert(2, &["not inside a checkout"]);
}

#[test]
fn the_json_document_is_one_document_whatever_the_verdict() {
    let course = CourseCopy::fresh();
    let document = |status| -> CheckDocument {
        let answer = course.xtask(&["check", "02", "--json"]);
        assert_eq!(answer.status, Some(status), "{answer:?}");
        from_text(&answer.stdout).unwrap()
    };
    assert_eq!(document(1).verdict, VerdictWord::NotStarted);

    course.write_code("fn");
    let broken = document(1);
    assert_eq!(broken.verdict, VerdictWord::DidNotCompile);
    assert!(broken.errors[0].starts_with("error"), "{broken:?}");

    course.write_chunk_ranges("std::iter::once(0..n).take(chunks.get()).collect()");
    let failed = document(1);
    assert_eq!(failed.verdict, VerdictWord::Failed);
    let failure = &failed.tiers[0].failures[0];
    assert!(failure.expected.is_some() && failure.place.is_some(), "{failure:?}");

    // The build that is timed is judged as well.
    let unlike = course.model().replace(
        "let mut sum = 0.0",
        "let mut sum = if cfg!(debug_assertions) { 0.0 } else { 1.0 }",
    );
    course.write_code(&unlike);
    let failed = document(1);
    let failure = &failed.tiers[0].failures[0];
    assert!(failure.seen.contains("built for a release, "), "{failure:?}");
    course.xtask(&["list"]).assert(0, &["0 of 6 passed"]);

    course.write_code(&course.model());
    let passed = document(0);
    assert_eq!((passed.verdict, passed.tiers.len()), (VerdictWord::Passed, 2));
    assert!(passed.speed[0].ratio.is_some(), "{passed:?}");
}

#[test]
fn no_terminal_gets_no_escape_sequences() {
    let course = CourseCopy::fresh();
    course.write_code("fn");
    let answer = course.xtask(&["check", "02"]);
    assert!(!answer.stdout.contains('\x1b') && !answer.stderr.contains('\x1b'), "{answer:?}");
}

#[test]
fn without_the_python_packages_peers_says_how_to_get_them() {
    let course = CourseCopy::fresh();
    course.xtask(&["peers", "02"]).assert(2, &["not installed", "cargo xtask peers 02 --setup"]);
}

#[test]
fn diff_shows_both_sides_once_the_lesson_has_passed_or_when_asked_twice() {
    let course = CourseCopy::fresh();
    let diff =
        |arguments: &[&str]| -> Output { course.xtask(&[&["diff", "02"], arguments].concat()) };
    diff(&[]).assert(1, &["has not passed yet", "cargo xtask diff 02 --spoil"]);
    diff(&["--spoil"]).assert(0, &["- todo!(\"split", "+ let shortest = n / chunks;"]);

    course.write_code(&course.model().replace("shortest", "least"));
    course.xtask(&["check", "02"]).assert(0, &["✓ concurrent"]);
    let shown = diff(&[]);
    shown.assert(0, &["- let least = n / chunks;", "+ let shortest = n / chunks;"]);
    let mut of_model = shown.stdout.lines().filter(|line| line.starts_with('+'));
    assert!(!of_model.any(|line| line.contains("// end")), "{}", shown.stdout);
}
