//! What `doctor` says of machines that are ready, and of such that are not.

use measure::protocol::{DoctorDocument, FindingState, from_text};

use e2e::CourseCopy;

/// Whatever measures, compares or grades may be missing here: a student can work all the same.
#[test]
fn a_machine_that_runs_these_tests_is_ready() {
    let course = CourseCopy::fresh();
    let parts = ["toolchain rustc", "disk space", "capacity", "Python", "sandbox"];
    let doctor = course.xtask(&["doctor"]);
    doctor.assert(0, &[&parts[..], &["ready: a student can work here"]].concat());

    let document = course.xtask(&["doctor", "--json"]);
    let document: DoctorDocument = from_text(&document.stdout).unwrap();
    assert!(document.ready);
    // The copy is without the editors' settings, which is a drawback and no hindrance.
    let editor = document.purposes[0].findings.iter().find(|finding| finding.part == "editor");
    assert_eq!(editor.unwrap().state, FindingState::Limited);
}

#[test]
fn an_exercise_that_is_missing_is_named_with_what_brings_it_back() {
    let course = CourseCopy::fresh();
    std::fs::remove_file(course.src().join("lib.rs")).unwrap();
    course
        .xtask(&["doctor"])
        .assert(1, &["✗ course", "src/lib.rs is missing", "cargo xtask reset 02"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_tree_that_cannot_be_written_is_not_ready() {
    let course = CourseCopy::fresh();
    let mounts = "mount --bind . . && mount -o remount,bind,ro . && cd \"$PWD\"";
    if let Some(answer) = course.xtask_behind(mounts, &["doctor"]) {
        answer.assert(1, &["✗ writing", "cannot be written", "a folder of your own"]);
    }
}
