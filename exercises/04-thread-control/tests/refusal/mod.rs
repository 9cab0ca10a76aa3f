//! A system that refuses to start threads, and what a call makes of it.

use std::any::Any;
use std::env;
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use testkit::{expect, own_program};

use super::{expect_ok, threads};

/// In the environment of a process in which no pool can be started.
const REFUSED: &str = "MANY_HANDS_NO_THREADS";

/// In bytes, for `RUST_MIN_STACK`, a setting of the standard library: no address space has room for `THREADS` stacks of
/// 4 TiB, and most systems grant not even one. It costs nothing, since memory that is not touched is not taken.
const STACK: &str = "4398046511104";
const THREADS: usize = 128;

const AN_ERROR: &str = "it returns the error, and work has not run";

/// A system that grants all this cannot be asked what a call makes of a refusal.
const NOT_REFUSED: &str = "all the threads start";

/// Expects `call` to return an error where the system refuses to start threads, without having called its work.
///
/// The setting is read once a process. So the test at `path` runs a second time, in a process of its own.
pub fn expect_error(
    path: &str,
    call: impl Fn(NonZeroUsize, &(dyn Fn() + Sync)) -> Result<(), ThreadPoolBuildError>,
) {
    let calls = AtomicUsize::new(0);
    let work = || _ = calls.fetch_add(1, Ordering::Relaxed);
    if env::var_os(REFUSED).is_some() {
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| call(threads(THREADS), &work)));
        let words = in_words(outcome, calls.into_inner());
        println!("\n{REFUSED}={words}");
        return;
    }
    expect_ok("threads = 1", call(threads(1), &work));
    let outcome = outcome_of_the_second_run(path);
    expect(
        outcome == AN_ERROR || outcome == NOT_REFUSED,
        format!("the system refuses to start the threads: {outcome}"),
        AN_ERROR,
    );
}

fn in_words(outcome: Result<Result<(), ThreadPoolBuildError>, Panic>, calls: usize) -> String {
    let builder = ThreadPoolBuilder::new().num_threads(THREADS);
    match outcome {
        _ if builder.build().is_ok() => NOT_REFUSED.to_owned(),
        Err(panic) => format!("it panics with {:?}", message(panic.as_ref())),
        Ok(Ok(())) => format!("it returns Ok, after {calls} calls of work"),
        Ok(Err(_)) if calls > 0 => format!("it returns the error, after {calls} calls of work"),
        Ok(Err(_)) => AN_ERROR.to_owned(),
    }
}

fn outcome_of_the_second_run(path: &str) -> String {
    let within_the_crate = path.split_once("::").map_or(path, |(_, path)| path);
    let output = Command::new(own_program())
        .args(["--exact", within_the_crate, "--nocapture"])
        .args(["--test-threads", "1"])
        .env(REFUSED, "")
        .env("RUST_MIN_STACK", STACK)
        .output()
        .expect("a test can be started a second time");
    let [stdout, stderr] = [output.stdout, output.stderr].map(|text| text_of(&text));
    let said = stdout
        .lines()
        .find_map(|line| line.strip_prefix(REFUSED)?.strip_prefix('='));
    said.map_or_else(|| format!("the program ends: {stderr}"), str::to_owned)
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

type Panic = Box<dyn Any + Send>;

/// What a panic says.
pub fn message(panic: &(dyn Any + Send)) -> String {
    let literal = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let formatted = || panic.downcast_ref::<String>().cloned();
    literal.or_else(formatted).unwrap_or_default()
}
