//! The restrictions that remain with `--unconfined`.

use grader::sandbox::{Job, Policy, ResourceLimits, Sandbox, SandboxFailure};
use xtask_core::process::{self, Termination};

use crate::attempt::{HELPER_PATH, HOSTILE_PATH, PATIENCE, job};

fn termination(words: &str, limits: ResourceLimits) -> Result<Termination, SandboxFailure> {
    let sandbox = Sandbox::without_isolation(&HELPER_PATH);
    let job = Job { program: HOSTILE_PATH.clone(), limits, policy: Policy::RUN, ..job(words) };
    let ran = process::run(&mut sandbox.command(&job), PATIENCE, |_| ()).unwrap();
    sandbox.termination(ran.termination)
}

#[test]
fn the_end_of_a_program_is_told_and_its_attempts_are_fatal() {
    assert_eq!(termination("exit 1", ResourceLimits::RUN), Ok(Termination::Exit(1)));
    assert_eq!(termination("signal 6", ResourceLimits::RUN), Ok(Termination::Signal(6)));
    assert_eq!(termination("udp", ResourceLimits::RUN), Ok(Termination::Signal(31)));
    let one_second = ResourceLimits { cpu_s: 1, ..ResourceLimits::RUN };
    assert_eq!(termination("spin", one_second), Ok(Termination::Signal(24)));
}
