//! Tests with a process to themselves, beside others of the same program.

use std::env;
use std::process::{self, Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use testkit::exclusive;

/// How many tests this process has begun.
static BEGUN: AtomicUsize = AtomicUsize::new(0);

#[track_caller]
fn expect_first() {
    let before = BEGUN.fetch_add(1, Ordering::Relaxed);
    assert_eq!(before, 0, "other tests ran in this process");
}

#[test]
fn one_test_has_a_process_to_itself() {
    exclusive(expect_first);
}

#[test]
fn another_test_has_a_process_to_itself() {
    exclusive(expect_first);
}

/// The part of a child: started alone, so it fails nobody's `cargo test`.
#[test]
#[ignore = "the part of the child"]
fn a_test_that_fails() {
    exclusive(|| panic!("n = 10: sample 9 is never evaluated"));
}

#[test]
#[ignore = "the part of the child"]
fn a_test_that_ends_the_process() {
    exclusive(|| process::exit(0));
}

/// Runs the ignored tests whose names contain `filter`, beside each other.
fn run(filter: &str) -> Output {
    Command::new(env::current_exe().unwrap())
        .args([filter, "--ignored", "--test-threads", "2"])
        .output()
        .unwrap()
}

#[test]
fn a_failure_is_shown_once_in_its_own_words() {
    let output = run("a_test_that_fails");
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success());
    assert_eq!(report.matches("n = 10: sample 9 is never evaluated").count(), 1, "{report}");
    assert_eq!(report.matches("panicked at").count(), 1, "{report}");
}

#[test]
fn a_test_that_does_not_come_to_its_end_has_failed() {
    assert!(!run("a_test_that_ends_the_process").status.success());
}

#[test]
fn a_thread_without_a_test_is_refused() {
    let stranger = thread::Builder::new().name("a stranger".to_owned());
    let called = stranger.spawn(|| exclusive(|| ())).unwrap().join();
    let words = called.unwrap_err();
    let words = words.downcast_ref::<String>().unwrap();
    assert!(words.contains("`a stranger`"), "{words}");
}
