//! Runs the checks of a lesson, each test in a separate process.
//!
//! So a test that hangs, overflows its stack or ends the process takes no other test with it, and a panic on a worker
//! of a shared thread pool cannot be lost.

use std::collections::VecDeque;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use measure::protocol::{SpeedRecord, from_text, names};

use crate::course::Lesson;
use crate::process::{self, JsonChild, Limits, Output, Termination};
use crate::variant::Package;
use crate::verdict::{Observation, Test, Tier, Verdict};

/// The limits of one test. The time is about a hundred times what a right solution needs, so a busy machine fails no student.
pub const LIMITS: Limits = Limits { deadline: Duration::from_secs(10), output: 1 << 20 };

/// A speed test runs a few seconds by design.
const SPEED_DEADLINE: Duration = Duration::from_secs(120);

/// A lesson's checks, built: the test binary, and the tests that it has.
#[derive(Clone, Debug)]
pub struct TestBinary {
    binary: PathBuf,
    /// The package's folder, where cargo too would run them.
    folder: PathBuf,
    /// By tier, then in the order of the source.
    pub tests: Vec<Test>,
}

impl TestBinary {
    /// Copies the test binary to this folder, which is made, and returns the checks of the copy.
    ///
    /// # Errors
    ///
    /// The folder cannot be written.
    pub fn copy_to(self, folder: &Path) -> Result<Self> {
        let name = self.binary.file_name().context("a test binary has a name")?;
        let binary = folder.join(name);
        fs::create_dir_all(folder)
            .and_then(|()| fs::copy(&self.binary, &binary))
            .with_context(|| format!("`{}` cannot be written", binary.display()))?;
        Ok(Self { binary, ..self })
    }
}

/// The checks that a test binary holds.
///
/// # Errors
///
/// The binary does not list its tests, or a tier has none: then nothing could be judged.
pub fn list_tests(binary: PathBuf, package: &Package, lesson: &Lesson) -> Result<TestBinary> {
    let mut command = Command::new(&binary);
    command.args(["--list", "--format", "terse"]).current_dir(&package.folder);
    let output = process::run(&mut command, LIMITS, |_| ())?;
    ensure!(
        output.termination == Termination::Exit(0),
        "the checks do not list their tests: {:?}\n{}",
        output.termination,
        output.stderr
    );
    let mut tests: Vec<Test> =
        output.stdout.lines().filter_map(|line| Test::at(line.strip_suffix(": test")?)).collect();
    for &tier in Tier::ALL {
        ensure!(
            tests.iter().any(|test| test.tier == tier),
            "the checks have no test in the tier `{}`",
            tier.word()
        );
    }
    // The binary sorts by name; the author's order is the one to learn in.
    let source = fs::read_to_string(lesson.checks()).unwrap_or_default();
    tests.sort_by_key(|test| (test.tier, source.find(&format!("fn {}(", test.name()))));
    Ok(TestBinary { binary, folder: package.folder.clone(), tests })
}

/// Runs the correct and the concurrent tier, twice as many tests at once as there are cores, and judges them: many wait for a
/// thread or a process.
///
/// # Errors
///
/// The test binary cannot be started.
pub fn judge(checks: &TestBinary) -> Result<Verdict> {
    let at_once = 2 * thread::available_parallelism().map_or(1, NonZeroUsize::get);
    judge_by(&checks.tests, at_once, |test| {
        process::run(&mut command(checks, test), LIMITS, |_| ())
    })
}

/// Judges tests of the correct and the concurrent tier by the output of `run`, which keeps to [`LIMITS`]; `at_once` tests run at
/// a time.
///
/// The concurrent tests begin while the last correct ones still run; none begins once a correct one has failed.
///
/// # Errors
///
/// Whatever keeps `run` from running a test.
pub fn judge_by(
    tests: &[Test],
    at_once: usize,
    run: impl Fn(&Test) -> Result<Output> + Sync,
) -> Result<Verdict> {
    let waiting: Mutex<VecDeque<&Test>> =
        Mutex::new(tests.iter().filter(|test| test.tier != Tier::Speed).collect());
    let observed: Mutex<Vec<Observation>> = Mutex::new(Vec::new());
    let worker = || -> Result<()> {
        loop {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some(test) = next else { return Ok(()) };
            let observation =
                Observation { test: test.clone(), output: run(test)?, limits: LIMITS };
            let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if observation.output.termination == Termination::Deadline {
                waiting.clear();
            } else if test.tier == Tier::Correct && !observation.has_passed() {
                waiting.retain(|test| test.tier == Tier::Correct);
            }
            observed.lock().unwrap_or_else(PoisonError::into_inner).push(observation);
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..at_once).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().unwrap_or(Ok(())))
    })?;
    Ok(Verdict::of(tests, &observed.into_inner().unwrap_or_else(PoisonError::into_inner)))
}

/// Runs the speed tier, one test after the other, and returns the records that the tests wrote.
///
/// # Errors
///
/// The test binary cannot be started, or the build folder cannot be written.
pub fn measure(checks: &TestBinary) -> Result<Vec<SpeedRecord>> {
    let record = checks.binary.with_extension(format!("{}.jsonl", std::process::id()));
    let mut measured = Vec::new();
    for test in checks.tests.iter().filter(|test| test.tier == Tier::Speed) {
        let limits = Limits { deadline: SPEED_DEADLINE, ..LIMITS };
        process::run(command(checks, test).env(names::RECORD_FILE, &record), limits, |_| ())?;
    }
    if let Ok(lines) = fs::read_to_string(&record) {
        measured.extend(lines.lines().filter_map(|line| from_text::<SpeedRecord>(line).ok()));
        fs::remove_file(&record)
            .with_context(|| format!("`{}` cannot be removed", record.display()))?;
    }
    Ok(measured)
}

/// Starts a lesson's speed test as a program that runs its workloads on request.
///
/// # Errors
///
/// The test binary cannot be started.
pub fn serve(checks: &TestBinary, name: &str) -> Result<JsonChild> {
    let speed = checks
        .tests
        .iter()
        .find(|test| test.tier == Tier::Speed)
        .context("there is no speed test")?;
    JsonChild::start(command(checks, speed).env(names::SERVE, "1"), name)
}

/// The arguments that have a test binary run one test alone, with its output let through.
pub fn arguments_for_one(path: &str) -> [&str; 6] {
    let (included, shown) = ("--include-ignored", "--nocapture");
    ["--exact", path, included, shown, "--test-threads", "1"]
}

/// One test alone, as `cargo test` would run it, with its output let through.
fn command(checks: &TestBinary, test: &Test) -> Command {
    let mut command = Command::new(&checks.binary);
    command
        .args(arguments_for_one(&test.path))
        .env("RUST_BACKTRACE", "0")
        .current_dir(&checks.folder);
    command
}
