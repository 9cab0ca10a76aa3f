//! What holds where the instructor wanted no walls.

use grader::sandbox::{Job, Policy, ResourceLimits, Sandbox, SandboxFailure};
use xtask_core::process::{self, Ending};

use crate::attempt::{HELPER_PATH, HOSTILE_PATH, PATIENCE, job};

fn ending(words: &str, limits: ResourceLimits) -> Result<Ending, SandboxFailure> {
    let sandbox = Sandbox::unconfined(&HELPER_PATH);
    let job = Job {
        program: HOSTILE_PATH.clone(),
        limits,
        policy: Policy::RUN,
        ..job(words)
    };
    let ran = process::run(&mut sandbox.command(&job), PATIENCE, |_| ()).unwrap();
    sandbox.ending(ran.ending)
}

#[test]
fn the_end_of_a_program_is_told_and_its_attempts_are_fatal() {
    assert_eq!(ending("exit 1", ResourceLimits::RUN), Ok(Ending::Exit(1)));
    assert_eq!(
        ending("signal 6", ResourceLimits::RUN),
        Ok(Ending::Signal(6))
    );
    assert_eq!(ending("udp", ResourceLimits::RUN), Ok(Ending::Signal(31)));
    let one_second = ResourceLimits {
        cpu_s: 1,
        ..ResourceLimits::RUN
    };
    assert_eq!(ending("spin", one_second), Ok(Ending::Signal(24)));
}
