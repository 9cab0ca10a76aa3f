//! How the sandbox reports the end of a program.

use grader::sandbox::{SandboxFailure, VisiblePath};
use xtask_core::process::Termination;

use crate::attempt::{job, run, termination};

#[test]
fn a_status_and_a_signal_pass_through() {
    for status in [0, 1, 2, 101, 127] {
        assert_eq!(termination(&job(&format!("exit {status}"))), Ok(Termination::Exit(status)));
    }
    for signal in [4, 6, 9, 11, 15, 31] {
        assert_eq!(termination(&job(&format!("signal {signal}"))), Ok(Termination::Signal(signal)));
    }
    // These look like a signal or a failed sandbox, and are neither.
    for status in [128 + 6, 128 + 31, 250, 255] {
        let termination = termination(&job(&format!("exit {status}")));
        assert_eq!(termination, Ok(Termination::Exit(255)), "{status}");
    }
}

#[test]
fn a_program_that_was_not_started_is_a_failure_of_the_sandbox() {
    let mut nowhere = job("nothing");
    nowhere.program = "/nowhere".into();
    assert_eq!(termination(&nowhere), Err(SandboxFailure::Confine));
    let words = run(&nowhere).stderr;
    assert!(words.contains("`/nowhere` cannot be started"), "{words}");

    let mut unbuilt = job("nothing");
    unbuilt.readable.push(VisiblePath::new("/no/such/folder", "/x"));
    assert_eq!(termination(&unbuilt), Err(SandboxFailure::Bubblewrap));
}
