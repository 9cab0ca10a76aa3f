//! The hostile program, and one attempt of it in the sandbox.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;
use std::{env, fs};

use grader::sandbox::{
    CallAction, Job, Policy, ResourceLimits, Sandbox, SandboxFailure, Unavailable, VisiblePath,
};
use xtask_core::process::{self, Output, Termination};

/// A policy that refuses no call.
pub const OPEN: Policy = Policy::same_for_all(CallAction::Allow);

/// The environment variable that names the folder with everything that the tests need; see `ordinary_user`.
pub const PREPARED: &str = "SANDBOX_TESTS";

/// The folder for the files of the tests.
static HOME: LazyLock<PathBuf> = LazyLock::new(|| {
    env::var_os(PREPARED).map_or_else(|| env!("CARGO_TARGET_TMPDIR").into(), PathBuf::from)
});

/// The grader's program.
pub static HELPER_PATH: LazyLock<PathBuf> = LazyLock::new(|| match env::var_os(PREPARED) {
    Some(_) => HOME.join("helper"),
    None => env!("CARGO_BIN_EXE_grader").into(),
});

/// The compiled `hostile.c`.
pub static HOSTILE_PATH: LazyLock<PathBuf> = LazyLock::new(|| {
    let program = HOME.join("hostile");
    if env::var_os(PREPARED).is_none() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sandbox/hostile.c");
        let compiled =
            Command::new("cc").args(["-O1", "-pthread", "-o"]).args([&program, &source]).status();
        assert!(compiled.unwrap().success());
    }
    program
});

/// The sandbox of this machine.
///
/// # Panics
///
/// There is none; the message says why.
#[track_caller]
pub fn sandbox() -> &'static Sandbox {
    static SANDBOX: LazyLock<Result<Sandbox, Unavailable>> =
        LazyLock::new(|| Sandbox::probe(&HELPER_PATH));
    SANDBOX.as_ref().unwrap_or_else(|missing| panic!("{missing}"))
}

/// Creates an empty folder that every user may read.
pub fn folder(name: &str) -> PathBuf {
    let folder = HOME.join(format!("sandbox-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A job of the hostile program, given its arguments.
pub fn job(words: &str) -> Job {
    let program = VisiblePath::new(&*HOSTILE_PATH, "/hostile");
    Job {
        program: sandbox().path_inside(&program).to_owned(),
        args: words.split(' ').map(OsString::from).collect(),
        env: Vec::new(),
        folder: "/".into(),
        readable: vec![program],
        writable: None,
        proc: false,
        limits: ResourceLimits::RUN,
        policy: OPEN,
    }
}

/// Limits for jobs that take milliseconds, or a second at most.
pub const PATIENCE: process::Limits =
    process::Limits { deadline: Duration::from_secs(60), output: 100_000 };

pub fn run(job: &Job) -> Output {
    process::run(&mut sandbox().command(job), PATIENCE, |_| ()).unwrap()
}

pub fn termination(job: &Job) -> Result<Termination, SandboxFailure> {
    sandbox().termination(run(job).termination)
}

/// Runs a job that must end with status 0, and returns its output.
#[track_caller]
pub fn answer(job: &Job) -> String {
    let ran = run(job);
    let termination = sandbox().termination(ran.termination);
    assert_eq!(termination, Ok(Termination::Exit(0)), "{:?}: {ran:?}", job.args);
    ran.stdout.trim().to_owned()
}

/// The result of an attempt under a policy that refuses nothing, so that only the namespaces and Landlock prevent it.
#[track_caller]
pub fn attempt(words: &str) -> String {
    answer(&job(words))
}
