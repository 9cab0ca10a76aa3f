//! The worker's side: one loop, and how a program starts itself as its worker.

use std::env;
use std::io::{self, Write};
use std::process::Command;

use serde::Serialize;
use serde::de::DeserializeOwned;
use testkit::own_program;

use crate::message::{GREETING, receive, send};

/// A worker's whole life: reads a list of tasks from standard input, does them one after the other, writes the list of
/// their answers to standard output, and so on, until the input ends.
///
/// # Errors
///
/// The input holds what is no list of tasks, or a stream breaks.
pub fn serve<T, A>(mut compute: impl FnMut(T) -> A) -> io::Result<()>
where
    T: DeserializeOwned,
    A: Serialize,
{
    let (mut tasks, mut answers) = (io::stdin().lock(), io::stdout().lock());
    answers.write_all(GREETING)?;
    answers.flush()?;
    while let Some(chunk) = receive::<Vec<T>>(&mut tasks)? {
        let chunk: Vec<A> = chunk.into_iter().map(&mut compute).collect();
        send(&mut answers, &chunk)?;
    }
    Ok(())
}

/// Tells a process that it is a worker, and which.
const ROLE: &str = "MANY_HANDS_WORKER";

/// This very program, to be started once more, as a worker in this role. It asks [`role`] what it is.
///
/// The arguments are for a test binary, whose `main` is not ours: it runs the ignored test `worker_program`, and nothing
/// else. Other programs let them be.
///
/// # Panics
///
/// As [`own_program`] does.
pub fn again_as(role: &str) -> Command {
    let mut command = Command::new(own_program());
    command.args(["--ignored", "--nocapture", "worker_program"]).env(ROLE, role);
    command
}

/// The role in which this process was started; `None` if it is no worker.
pub fn role() -> Option<String> {
    env::var(ROLE).ok()
}
