//! A process that runs one test alone.

use std::env;
use std::panic;
use std::process::Command;
use std::thread;

use crate::own_program;

/// Runs `test` in a process that runs no other test meanwhile.
///
/// A test that counts what the whole process allocates, or looks at its threads, its children, its open files or the
/// global pool, would also see what the tests beside it do, and what the harness does when it starts them. So under
/// `cargo test` the test program is started once more, for this test alone; what it writes to its standard error is
/// the output of the test here. Where the process already runs a single test, as under the runner, `test` is called directly.
///
/// ```
/// # // In a `#[test]`:
/// testkit::exclusive(|| {
///     assert!(testkit::global_pool_was_untouched());
/// });
/// ```
///
/// # Panics
///
/// If `test` panics, or if this is called on a thread that the harness did not start for a test.
#[track_caller]
pub fn exclusive(test: impl FnOnce()) {
    if !is_run_elsewhere() {
        test();
    }
}

/// Whether the test that calls this has been run in a process of its own, and need not go on here. For a function that knows its
/// caller's place, which a closure would forget.
///
/// # Panics
///
/// As [`exclusive`] does.
#[track_caller]
pub(crate) fn is_run_elsewhere() -> bool {
    let thread = thread::current();
    // A program without a harness runs on this thread, and no test has its name.
    if thread.name() == Some("main") || env::args().any(|argument| argument == "--exact") {
        return false;
    }
    let name = thread.name().unwrap_or_default();
    let output = Command::new(own_program())
        .args(["--exact", name, "--include-ignored", "--nocapture"])
        .args(["--test-threads", "1"])
        .output()
        .unwrap_or_else(|error| panic!("the test program does not start again: {error}"));
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(
        report.contains("running 1 test\n"),
        "`exclusive` is called on the thread `{name}`, which no test has"
    );
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    if !output.status.success() || !report.contains("1 passed") {
        // Without a second message: the first one says it.
        panic::resume_unwind(Box::new("the test failed in its own process"));
    }
    true
}
