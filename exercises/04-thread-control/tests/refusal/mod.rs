//! A system that refuses to start threads, and what a call makes of it.

use std::any::Any;
use std::env;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::process::exit;
use std::sync::atomic::{AtomicUsize, Ordering};

use lesson::limit_address_space;
use rayon::ThreadPoolBuildError;
use testkit::{Mismatch, cases, claim, exclusive, second_run};

use super::sweeps::pool_here;
use super::threads;

/// In the environment of a process in which no large pool can be started: how many threads a call asks for.
const REFUSED: &str = "MANY_HANDS_NO_THREADS";

/// In the environment of one whose address space is limited.
const LIMITED: &str = "MANY_HANDS_FEW_THREADS";

/// How much a process is granted in which a large pool cannot be started.
#[derive(Clone, Copy, Debug)]
pub enum Grant {
    /// Not one thread: no system has room for a stack of 4 TiB, and no address space for 128 of them.
    None,
    /// A few threads, on systems that can limit an address space. Elsewhere all of them start.
    Few,
}

impl Grant {
    /// The size of a stack in bytes, for `RUST_MIN_STACK`, a setting of the standard library. It costs nothing, since memory
    /// that is not touched is not taken.
    fn stack(self) -> u64 {
        match self {
            Self::None => 1 << 42,
            Self::Few => 1 << 26,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Few => ", but starts a few",
        }
    }
}

const ADDRESS_SPACE: u64 = 1 << 30;
const THREADS: usize = 128;

/// How `std::thread::spawn` panics.
const HELPER_NOT_STARTED: &str = "failed to spawn thread";

const AN_ERROR: &str = "it returns the error, and work has not run";

/// A system that grants all this cannot be asked what a call makes of a refusal, nor can code whose stacks are so small that
/// they are granted.
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
        if env::var_os(LIMITED).is_some() {
            limit_address_space(ADDRESS_SPACE);
        }
        // Past the harness, which may keep to itself what a test prints.
        let said = writeln!(io::stdout(), "\n{REFUSED}={}", outcome_of(count, call));
        exit(said.is_err().into());
    }
    exclusive(|| {
        claim(
            cases([Grant::None, Grant::Few].map(|grant| (THREADS, grant)))
                .and_random(|random| {
                    let grant = [Grant::None, Grant::Few][random.usize(..2)];
                    (THREADS + random.usize(..THREADS), grant)
                })
                .times(1)
                .label(|(count, grant)| {
                    let but = grant.words();
                    format!("the system refuses to start {count} threads{but}")
                }),
            |&(count, grant)| {
                // One that is granted first: code that is not written yet says so in this process.
                let _ = call(threads(1), &|| ());
                outcome_in_a_second_run(count, grant)
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
    let (calls, largest_pool) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        calls.fetch_add(1, Ordering::Relaxed);
        largest_pool.fetch_max(pool_here().len(), Ordering::Relaxed);
    };
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| call(threads(count), &work)));
    let (calls, largest_pool) = (calls.into_inner(), largest_pool.into_inner());
    match outcome {
        Ok(Ok(())) if largest_pool == count => NOT_REFUSED.to_owned(),
        // A helper thread beside the pool, which may be used, cannot report its own start as a `ThreadPoolBuildError`. Where a
        // few threads start, it does.
        Err(panic)
            if calls == 0
                && env::var_os(LIMITED).is_none()
                && message(&*panic).starts_with(HELPER_NOT_STARTED) =>
        {
            AN_ERROR.to_owned()
        }
        Err(panic) => format!("it panics with {:?}", message(panic.as_ref())),
        Ok(Ok(())) => format!("it returns Ok, after {calls} calls of work"),
        Ok(Err(_)) if calls > 0 => format!("it returns the error, after {calls} calls of work"),
        Ok(Err(_)) => AN_ERROR.to_owned(),
    }
}

fn outcome_in_a_second_run(count: usize, grant: Grant) -> String {
    let mut command = second_run();
    command
        .env(REFUSED, count.to_string())
        .env("RUST_MIN_STACK", grant.stack().to_string());
    if let Grant::Few = grant {
        // The C library would reserve address space for each thread.
        command.env(LIMITED, "yes").env("MALLOC_ARENA_MAX", "1");
    }
    let output = command
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
