//! The Python program that runs a lesson's peers on request: `xtask/peers/serve.py`, which says how it is spoken to.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use xtask_core::process::Conversation;

/// A run of plain Python, and the compiling of numba, take seconds.
const PATIENCE: Duration = Duration::from_secs(300);

/// The program, running; ended when it is dropped.
pub struct Python(Conversation);

impl Python {
    /// Starts `serve.py`.
    ///
    /// # Errors
    ///
    /// It cannot be started.
    pub fn start(serve: &mut Command) -> Result<Self> {
        Ok(Self(Conversation::with(serve, "Python")?))
    }

    /// The names of all that can do the job there.
    ///
    /// # Errors
    ///
    /// As for [`ask`](Self::ask).
    pub fn arms(&mut self, at: &Value) -> Result<Vec<String>> {
        let told = self.ask(&json!({ "arms": at }))?;
        serde_json::from_value(told).context("Python did not list its arms")
    }

    /// Its answer, or Python's own words as an error.
    ///
    /// # Errors
    ///
    /// What was asked cannot be done, or the program has ended.
    pub fn ask(&mut self, request: &Value) -> Result<Value> {
        let answer = self.0.ask(request, PATIENCE)?;
        match answer["error"].as_str() {
            None => Ok(answer),
            Some(error) => bail!("Python could not do it:\n{}", error.trim_end()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// With the example in the place of a lesson; `None`, and words, where there is no Python.
    fn example() -> Option<Python> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
        let example = folder.join("example");
        let python = if cfg!(windows) { "python" } else { "python3" };
        if Command::new(python).arg("--version").output().is_err() {
            eprintln!("skipped: there is no `{python}` here");
            return None;
        }
        let mut serve = Command::new(python);
        // By this path it finds the example's numba, which is no more than a stand-in.
        serve.env("PYTHONPATH", &example);
        let serve = serve.arg("-B").arg(folder.join("serve.py")).arg(example);
        Some(Python::start(serve).unwrap())
    }

    fn at(threads: usize) -> Value {
        json!({ "workload": 0, "size": 1000, "tasks": 1, "threads": threads })
    }

    #[test]
    fn what_can_do_the_job_depends_on_the_threads() {
        let Some(mut python) = example() else { return };
        assert_eq!(python.arms(&at(1)).unwrap(), ["loop", "formula", "broken"]);
        assert_eq!(python.arms(&at(2)).unwrap(), ["formula", "broken"]);
    }

    #[test]
    fn an_answer_has_a_digest_and_a_run_takes_seconds() {
        let Some(mut python) = example() else { return };
        let first = python
            .ask(&json!({ "prepare": "loop", "at": at(1) }))
            .unwrap();
        assert_eq!(first["digest"], 499_500.0);
        assert!(first["seconds"].is_f64(), "{first}");
        let timed = python
            .ask(&json!({ "time": "formula", "times": 100, "at": at(2) }))
            .unwrap();
        assert!(timed["seconds"].is_f64(), "{timed}");
    }

    #[test]
    fn what_goes_wrong_is_told_and_the_next_request_is_answered() {
        let Some(mut python) = example() else { return };
        let error = python
            .ask(&json!({ "prepare": "broken", "at": at(1) }))
            .unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("ZeroDivisionError: division by zero"),
            "{error}"
        );
        assert!(python.arms(&at(1)).is_ok());
    }
}
