//! The Python program that runs a lesson's peers on request: `xtask/peers/serve.py`, which says how it is spoken to.

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};
use measure::protocol::{Json, PythonAnswer, PythonCase, PythonRequest, PythonRun, Timing};
use xtask_core::process::JsonChild;

/// A run of plain Python, and the compiling of numba, take seconds.
const PATIENCE: Duration = Duration::from_secs(300);

/// The program, running; ended when it is dropped.
pub struct Python(JsonChild);

impl Python {
    pub fn start(serve: &mut Command) -> Result<Self> {
        Ok(Self(JsonChild::start(serve, "Python")?))
    }

    /// The names of all that can do the job there.
    ///
    /// # Errors
    ///
    /// It cannot be done, in Python's own words, or the program has ended.
    pub fn arms(&mut self, at: PythonCase) -> Result<Vec<String>> {
        self.ask(&PythonRequest::Arms(at))
    }

    /// A first run.
    pub fn prepare(&mut self, name: &str, at: PythonCase) -> Result<PythonRun> {
        self.ask(&PythonRequest::Prepare { name: name.to_owned(), at })
    }

    /// The seconds of one run, on average over `times` in a row.
    pub fn time(&mut self, name: &str, at: PythonCase, times: u32) -> Result<f64> {
        let request = PythonRequest::Time { name: name.to_owned(), times, at };
        let timing: Timing = self.ask(&request)?;
        Ok(timing.seconds)
    }

    fn ask<T: Json>(&mut self, request: &PythonRequest) -> Result<T> {
        match self.0.ask(request, PATIENCE)? {
            PythonAnswer::Answer(answer) => Ok(answer),
            PythonAnswer::Error(words) => bail!("Python could not do it:\n{}", words.trim_end()),
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
        // By this path it finds the example's numba, which is only a stand-in.
        serve.env("PYTHONPATH", &example);
        let serve = serve.arg("-B").arg(folder.join("serve.py")).arg(example);
        Some(Python::start(serve).unwrap())
    }

    fn case_on(threads: usize) -> PythonCase {
        PythonCase { workload: 0, size: 1000, tasks: 1, threads }
    }

    #[test]
    fn what_can_do_the_job_depends_on_the_threads() {
        let Some(mut python) = example() else { return };
        assert_eq!(python.arms(case_on(1)).unwrap(), ["loop", "formula", "broken"]);
        assert_eq!(python.arms(case_on(2)).unwrap(), ["formula", "broken"]);
    }

    #[test]
    fn an_answer_has_a_digest_and_a_run_takes_seconds() {
        let Some(mut python) = example() else { return };
        let first = python.prepare("loop", case_on(1)).unwrap();
        assert_eq!(first.digest, 499_500.0);
        assert!(first.seconds > 0.0, "{first:?}");
        let seconds = python.time("formula", case_on(2), 100).unwrap();
        assert!(seconds > 0.0, "{seconds}");
    }

    #[test]
    fn what_goes_wrong_is_told_and_the_next_request_is_answered() {
        let Some(mut python) = example() else { return };
        let error = python.prepare("broken", case_on(1)).unwrap_err();
        assert!(error.to_string().ends_with("ZeroDivisionError: division by zero"), "{error}");
        assert!(python.arms(case_on(1)).is_ok());
    }
}
