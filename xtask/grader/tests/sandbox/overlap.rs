//! Samples the threads of a job from outside.

use std::process::Stdio;
use std::time::Duration;

use grader::overlap::{Observer, Overlap};
use grader::overlapping::{Seen, read_look};
use grader::sandbox::{Job, Policy, ResourceLimits};
use measure::protocol::claims::OverlapKind;

use crate::attempt::{job, sandbox};

/// Samples a program that spins until its second of CPU time is over.
fn sample_spinning(words: &str) -> Overlap {
    let job = Job {
        limits: ResourceLimits { cpu_s: 1, ..ResourceLimits::RUN },
        policy: Policy::RUN,
        ..job(words)
    };
    let mut child = sandbox().command(&job).stdin(Stdio::null()).spawn().unwrap();
    let observer = Observer::start(child.id(), sandbox().process_depth(), Duration::from_millis(2));
    child.wait().unwrap();
    observer.stop()
}

#[test]
fn two_threads_overlap_and_one_does_not_with_the_processes_of_the_sandbox() {
    for (words, threads, seen) in [("spin", 1, Seen::Apart), ("spin-by-two", 2, Seen::Together)] {
        let look = sample_spinning(words);
        assert_eq!(read_look(&look, OverlapKind::Free), seen, "{words}: {look:?}");
        assert_eq!(look.cpu_ns.len(), threads, "{words}: {look:?}");
        assert!(look.cpu_ns.values().all(|&ns| ns > 0), "{words}: {look:?}");
    }
}
