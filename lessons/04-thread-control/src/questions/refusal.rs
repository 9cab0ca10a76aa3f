//! What is asked of `with_threads` and `sweep` where the system refuses to start threads.
//!
//! How large a thread's stack is to be is read once a process. So this is asked in a second run of the program, by the same
//! arguments, which comes to the same door.

use std::env;
use std::panic::{self, AssertUnwindSafe};
use std::process::{Command, Stdio, exit};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rayon::ThreadPoolBuilder;
use testkit::{Mismatch, Question, own_program};

use super::{Subject, nonzero, pool};

/// In the environment of the second run: which function is asked, and for how many threads.
const REFUSED: &str = "MANY_HANDS_REFUSED";

/// In bytes, for `RUST_MIN_STACK`, a setting of the standard library: no address space has room for so many stacks of 4 TiB,
/// and most systems grant not even one. It costs nothing, since memory that is not touched is not taken.
const STACK: &str = "4398046511104";
const THREADS: usize = 128;

const AN_ERROR: &str = "it returns the error, and work has not run";

/// A system that grants all this cannot be asked what a call makes of a refusal.
const NOT_REFUSED: &str = "all the threads start";

pub(super) fn questions() -> Vec<Question> {
    let question = |claim, function: &'static str| {
        Question::new(
            claim,
            |random| THREADS + random.usize(..THREADS),
            move |threads| told_in_a_second_run(&format!("{function} {threads}")),
            move |threads, outcome| {
                Mismatch::unless(
                    [AN_ERROR, NOT_REFUSED].contains(&&**outcome),
                    format!("{function} on {threads} threads, which the system refuses to start: {outcome}"),
                    AN_ERROR,
                )
            },
        )
        .in_cases(2)
    };
    vec![
        question(
            "threads that do not start are an error, and work is not run",
            "with_threads",
        ),
        question(
            "a sweep whose threads do not start is an error, and work is not run",
            "sweep",
        ),
    ]
}

/// In the second run, and only there: tells what becomes of the call, and ends the program.
pub(super) fn tell_in_the_second_run(
    Subject {
        with_threads,
        sweep,
        ..
    }: Subject,
) {
    let Ok(asked) = env::var(REFUSED) else {
        return;
    };
    let (function, threads) = asked
        .split_once(' ')
        .expect("a function and a number of threads");
    let threads = nonzero(threads.parse().expect("a number of threads"));
    let calls = AtomicUsize::new(0);
    let work = || calls.fetch_add(1, Ordering::Relaxed) as u64;
    let call = || match function {
        "sweep" => {
            let counts = [nonzero(1), threads];
            sweep(&counts, nonzero(1), &|| Duration::ZERO, &|| _ = work()).is_ok()
        }
        _ => with_threads(threads, &work).is_ok(),
    };
    let ended = panic::catch_unwind(AssertUnwindSafe(call));
    let calls = calls.load(Ordering::Relaxed);
    let builder = ThreadPoolBuilder::new().num_threads(THREADS);
    let outcome = match ended {
        _ if builder.build().is_ok() => NOT_REFUSED.to_owned(),
        Err(panic) => format!("it panics: {:?}", pool::message(&*panic)),
        Ok(true) => format!("it returns Ok, after {calls} calls of work"),
        Ok(false) if calls > 0 => format!("it returns the error, after {calls} calls of work"),
        Ok(false) => AN_ERROR.to_owned(),
    };
    println!("\n{REFUSED}={outcome}");
    exit(0)
}

fn told_in_a_second_run(asked: &str) -> String {
    let output = Command::new(own_program())
        .args(env::args_os().skip(1))
        .env(REFUSED, asked)
        .env("RUST_MIN_STACK", STACK)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .expect("a program can be started a second time");
    let stdout = String::from_utf8_lossy(&output.stdout);
    let told = stdout
        .lines()
        .find_map(|line| line.strip_prefix(REFUSED)?.strip_prefix('='));
    told.map_or_else(
        || format!("the program ends: {}", output.status),
        str::to_owned,
    )
}
