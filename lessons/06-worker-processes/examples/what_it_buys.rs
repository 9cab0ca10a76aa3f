//! What a process buys: it may crash, it may be limited, and it may speak another language. The parent goes on.

mod bare;

use std::path::Path;
use std::process::Command;

use lesson_worker_processes as lesson;

use bare::{Worker, work_if_told_so};
use lesson::roles::task_of;

fn main() {
    work_if_told_so();
    a_crash();
    a_memory_limit();
    another_language();
    println!("and this process is still there");
}

/// `abort` stands for whatever ends a process on the spot: a stack overflow, a wrong pointer in a C library.
fn a_crash() {
    let mut worker = Worker::start(&mut lesson::again_as("greedy"));
    let answers = worker.ask::<_, u64>(&[u64::MAX]);
    println!("a crash           answers: {answers:?}, the worker's end: {}", worker.end());
}

/// The shell sets the limit, and then becomes the worker. (Not every system heeds this limit; Linux does.)
fn a_memory_limit() {
    if !cfg!(target_os = "linux") {
        return println!("a memory limit    is set in another way on this system");
    }
    let plain = lesson::again_as("greedy");
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "ulimit -v 1000000; exec \"$@\"", "sh"])
        .env("RUST_BACKTRACE", "0")
        .arg(plain.get_program())
        .args(plain.get_args());
    for (name, value) in plain.get_envs() {
        limited.env(name, value.unwrap_or_default());
    }
    for mebibytes in [100, 2000] {
        let mut worker = Worker::start(&mut limited);
        let answers = worker.ask::<_, u64>(&[mebibytes]);
        let end = worker.end();
        println!(
            "at most 1 GB      a task of {mebibytes} MiB: {answers:?}, the worker's end: {end}"
        );
    }
}

/// The protocol is a length and MessagePack, so whoever reads and writes that can be a worker.
fn another_language() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/worker.py");
    let mut python = Command::new("python3");
    if python.arg("-c").arg("").output().is_err() {
        return println!("another language  python3 is not on this machine");
    }
    let mut worker = Worker::start(Command::new("python3").arg(script));
    let task = task_of(100_000);
    let answers: Option<Vec<f64>> = worker.ask(&[task]);
    let rust = lesson::integrate(task);
    println!("Python            {answers:?}, and Rust itself says {rust}");
    worker.end();
}
