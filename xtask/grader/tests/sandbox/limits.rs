//! The resource limits of a job.

use grader::sandbox::{Job, ResourceLimits};
use xtask_core::process::Termination;

use crate::attempt::{answer, job, termination};

fn job_with(words: &str, limits: ResourceLimits) -> Job {
    Job { limits, ..job(words) }
}

/// How far a job came, and the error that stopped it: it prints `17 EAGAIN`.
fn progress(job: &Job) -> (u64, String) {
    let answer = answer(job);
    let (number, error) = answer.split_once(' ').unwrap_or((&answer, ""));
    (number.parse().unwrap(), error.to_owned())
}

#[test]
fn a_fork_bomb_and_a_thread_bomb_stop_at_the_limit() {
    for words in ["bomb 2000", "threads 2000"] {
        let limits = ResourceLimits { processes: 20, ..ResourceLimits::RUN };
        let (started, error) = progress(&job_with(words, limits));
        // The program itself counts as well.
        assert_eq!((started, &*error), (19, "EAGAIN"), "{words}");
    }
}

#[test]
fn jobs_side_by_side_do_not_count_each_other() {
    let limits = ResourceLimits { processes: 20, ..ResourceLimits::RUN };
    let bomb = job_with("bomb 19", limits);
    std::thread::scope(|scope| {
        let jobs = [(); 3].map(|()| scope.spawn(|| answer(&bomb)));
        assert_eq!(jobs.map(|job| job.join().unwrap()), ["19"; 3]);
    });
}

#[test]
fn memory_ends_at_the_limit() {
    let a_gibibyte = ResourceLimits { memory: 1 << 30, ..ResourceLimits::RUN };
    let (eaten, error) = progress(&job_with("eat 2000", a_gibibyte));
    // The program and its libraries need some of it.
    assert!((901..1024).contains(&eaten) && error == "ENOMEM", "{eaten} MiB, {error}");
}

#[test]
fn cpu_time_ends_with_sigxcpu_and_a_large_file_with_sigxfsz() {
    let one_second = ResourceLimits { cpu_s: 1, ..ResourceLimits::RUN };
    let small_files = ResourceLimits { file: 1 << 20, ..ResourceLimits::RUN };
    assert_eq!(termination(&job_with("spin", one_second)), Ok(Termination::Signal(24)));
    assert_eq!(termination(&job_with("fill /tmp/x 2", small_files)), Ok(Termination::Signal(25)));
}
