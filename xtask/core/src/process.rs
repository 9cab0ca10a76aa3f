//! The one place that starts processes.
//!
//! Every child leads a new process group, so that it can be ended with all that it started. (On Windows there is
//! no such group here: only the child itself is ended.) When the user interrupts the runner, its children die with it.

mod children;
mod interrupt;
mod json_child;

pub use children::CancelToken;
pub use interrupt::{INTERRUPTED, InterruptGuard, die_on_interrupt};
pub use json_child::{JsonChild, NoAnswer};

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Command, ExitStatus};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use children::{OnCancel, Running, kill};

/// What a child may use up.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub deadline: Duration,
    /// Bytes, of standard output and of standard error each.
    pub output: usize,
}

impl Limits {
    /// For programs that are trusted to end: cargo.
    pub const NONE: Self = Self { deadline: Duration::MAX, output: usize::MAX };
}

/// How a child ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Termination {
    /// By itself, with this status.
    Exit(i32),
    /// By this signal.
    Signal(i32),
    /// It was still running at its deadline, and was ended.
    Deadline,
    /// It printed more than it may, and was ended.
    Flood,
}

/// How a child ended, and what it printed.
#[derive(Clone, Debug)]
pub struct Output {
    pub termination: Termination,
    pub stdout: String,
    pub stderr: String,
}

enum ChildEvent {
    Ended(io::Result<ExitStatus>),
    Flood,
}

/// Runs a program to its end or its limits, and hands over each line of its standard error as it comes.
pub fn run(
    command: &mut Command,
    limits: Limits,
    each_line: impl FnMut(&str) + Send,
) -> Result<Output> {
    run_as(OnCancel::End, command, limits, each_line)
}

/// Runs a program to its end, also through a [`CancelToken`]; only an interrupt ends it.
pub fn run_through(command: &mut Command, each_line: impl FnMut(&str) + Send) -> Result<Output> {
    run_as(OnCancel::RunThrough, command, Limits::NONE, each_line)
}

fn run_as(
    on_cancel: OnCancel,
    command: &mut Command,
    limits: Limits,
    each_line: impl FnMut(&str) + Send,
) -> Result<Output> {
    let started = Instant::now();
    let child = Running::start(command, on_cancel)?;
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        // The receiver is gone only when the termination is known already.
        let flood = || drop(sender.send(ChildEvent::Flood));
        let stdout = child.0.take_stdout().context("standard output is not piped")?;
        let stderr = child.0.take_stderr().context("standard error is not piped")?;
        let stdout = scope.spawn(move || read(stdout, limits.output, |_| (), flood));
        let stderr = scope.spawn(move || read(stderr, limits.output, each_line, flood));
        scope.spawn(|| drop(sender.send(ChildEvent::Ended(child.0.wait()))));

        let mut cut_short = None;
        let ended = loop {
            let left = match cut_short {
                None => limits.deadline.saturating_sub(started.elapsed()),
                // It has been killed: the next event is its end.
                Some(_) => Duration::MAX,
            };
            match receiver.recv_timeout(left) {
                Ok(ChildEvent::Ended(status)) => break termination_of(status?),
                Ok(ChildEvent::Flood) => cut_short = cut_short.or(Some(Termination::Flood)),
                Err(_) => cut_short = cut_short.or(Some(Termination::Deadline)),
            }
            kill(&child.0);
        };
        // Whatever the child left running would hold the pipes open.
        kill(&child.0);
        let text = |read: Vec<u8>| String::from_utf8_lossy(&read).into_owned();
        Ok(Output {
            termination: cut_short.unwrap_or(ended),
            stdout: text(stdout.join().unwrap_or_default()),
            stderr: text(stderr.join().unwrap_or_default()),
        })
    })
}

/// Runs another program of the course at this one's terminal, to its end. That program handles Ctrl-C.
pub fn run_in_foreground(command: &mut Command) -> Result<Termination> {
    let _staying = InterruptGuard::start();
    let status = command.status().with_context(|| {
        format!("`{}` cannot be started", command.get_program().to_string_lossy())
    })?;
    Ok(termination_of(status))
}

/// Reads to the end, or to the limit, past which it calls `flood`.
fn read(
    pipe: impl Read,
    limit: usize,
    mut each_line: impl FnMut(&str),
    flood: impl FnOnce(),
) -> Vec<u8> {
    let mut pipe = BufReader::new(pipe.take((limit as u64).saturating_add(1)));
    let mut read = Vec::new();
    loop {
        let line = read.len();
        match pipe.read_until(b'\n', &mut read) {
            Ok(0) | Err(_) => break,
            Ok(_) => each_line(&String::from_utf8_lossy(&read[line..])),
        }
    }
    if read.len() > limit {
        read.truncate(limit);
        flood();
    }
    read
}

fn termination_of(status: ExitStatus) -> Termination {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Termination::Signal(signal);
    }
    // A status without a code is a signal's, which only Unix has.
    Termination::Exit(status.code().unwrap_or(-1))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { deadline: Duration::from_secs(60), output: 1000 };

    fn shell(script: &str, limits: Limits) -> Output {
        run(Command::new("sh").args(["-c", script]), limits, |_| ()).unwrap()
    }

    #[test]
    fn how_a_child_ended_and_its_two_outputs_are_kept_apart() {
        for (script, termination, stdout, stderr) in [
            ("echo out; echo err >&2; exit 3", Termination::Exit(3), "out\n", "err\n"),
            ("kill -ABRT $$", Termination::Signal(6), "", ""),
            // What it leaves running does not hold the runner.
            ("sleep 60 & exit 0", Termination::Exit(0), "", ""),
        ] {
            let output = shell(script, LIMITS);
            let seen = (output.termination, &*output.stdout, &*output.stderr);
            assert_eq!(seen, (termination, stdout, stderr), "{script}");
        }
    }

    #[test]
    fn a_child_past_its_deadline_is_ended_with_what_it_started() {
        // Were the grandchild to live on, its hold on the pipe would keep this test waiting for a minute.
        let limits = Limits { deadline: Duration::from_millis(50), ..LIMITS };
        let output = shell("echo begun; sleep 60 & sleep 60", limits);
        assert_eq!((output.termination, &*output.stdout), (Termination::Deadline, "begun\n"));
    }

    #[test]
    fn a_flood_is_cut_off_at_the_limit_on_either_output() {
        for script in ["yes", "yes >&2", "tr '\\0' x < /dev/zero"] {
            let output = shell(script, LIMITS);
            assert_eq!(output.termination, Termination::Flood, "{script}");
            assert_eq!(output.stdout.len() + output.stderr.len(), LIMITS.output, "{script}");
        }
    }

    #[test]
    fn each_line_of_standard_error_is_handed_over_as_it_comes() {
        let mut lines = Vec::new();
        run(Command::new("sh").args(["-c", "printf 'a\\nb\\n' >&2"]), Limits::NONE, |line| {
            lines.push(line.to_owned())
        })
        .unwrap();
        assert_eq!(lines, ["a\n", "b\n"]);
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = run(&mut Command::new("no-such-program"), LIMITS, |_| ()).unwrap_err();
        assert_eq!(error.to_string(), "`no-such-program` cannot be started");
    }
}
