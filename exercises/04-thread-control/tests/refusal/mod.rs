//! A system that refuses to start threads, and what a call makes of it.

use std::any::Any;
use std::env;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::process::exit;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use testkit::{Mismatch, cases, claim, exclusive, second_run};

use super::threads;

/// In the environment of a process in which no large pool can be started: how many threads a call asks for.
const REFUSED: &str = "MANY_HANDS_NO_THREADS";

/// In bytes, for `RUST_MIN_STACK`, a setting of the standard library: no address space has room for `THREADS` stacks of
/// 4 TiB, and most systems grant not even one. It costs nothing, since memory that is not touched is not taken.
const STACK: &str = "4398046511104";
const THREADS: usize = 128;

const AN_ERROR: &str = "it returns the error, and work has not run";

/// A system that grants all this cannot be asked what a call makes of a refusal.
const NOT_REFUSED: &str = "all the threads start";

/// Claims that `call` returns an error where the system refuses to start threads, without having called its work.
///
/// The setting is read once a process. So the test runs a second time, in another process, where it comes to this place,
/// makes the call, and says what became of it.
#[track_caller]
pub fn claim_error(
    call: impl Fn(NonZeroUsize, &(dyn Fn() + Sync)) -> Result<(), ThreadPoolBuildError>,
) {
    if let Ok(count) = env::var(REFUSED) {
        let count = count.parse().expect("a number of threads");
        // Past the harness, which may keep to itself what a test prints.
        let said = writeln!(io::stdout(), "\n{REFUSED}={}", outcome_of(count, call));
        exit(said.is_err().into());
    }
    exclusive(|| {
        claim(
            cases([THREADS])
                .and_random(|random| THREADS + random.usize(..THREADS))
                .times(2)
                .label(|count| format!("the system refuses to start {count} threads")),
            |&count| {
                // One that is granted first: code that is not written yet says so in this process.
                let _ = call(threads(1), &|| ());
                outcome_in_a_second_run(count)
            },
            |_, outcome| {
                let accepted = [AN_ERROR, NOT_REFUSED].contains(&outcome.as_str());
                Mismatch::unless(accepted, outcome, AN_ERROR)
            },
        );
    });
}

fn outcome_of(
    count: usize,
    call: impl Fn(NonZeroUsize, &(dyn Fn() + Sync)) -> Result<(), ThreadPoolBuildError>,
) -> String {
    let calls = AtomicUsize::new(0);
    let work = || _ = calls.fetch_add(1, Ordering::Relaxed);
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| call(threads(count), &work)));
    let calls = calls.into_inner();
    let builder = ThreadPoolBuilder::new().num_threads(THREADS);
    match outcome {
        _ if builder.build().is_ok() => NOT_REFUSED.to_owned(),
        Err(panic) => format!("it panics with {:?}", message(panic.as_ref())),
        Ok(Ok(())) => format!("it returns Ok, after {calls} calls of work"),
        Ok(Err(_)) if calls > 0 => format!("it returns the error, after {calls} calls of work"),
        Ok(Err(_)) => AN_ERROR.to_owned(),
    }
}

fn outcome_in_a_second_run(count: usize) -> String {
    let output = second_run()
        .env(REFUSED, count.to_string())
        .env("RUST_MIN_STACK", STACK)
        .output()
        .expect("a test can be started a second time");
    let stdout = String::from_utf8_lossy(&output.stdout);
    let said = stdout
        .lines()
        .find_map(|line| line.strip_prefix(REFUSED)?.strip_prefix('='));
    said.map_or_else(
        || format!("the program ends: {}", output.status),
        str::to_owned,
    )
}

/// What a panic says.
pub fn message(panic: &(dyn Any + Send)) -> String {
    let literal = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let formatted = || panic.downcast_ref::<String>().cloned();
    literal.or_else(formatted).unwrap_or_default()
}
