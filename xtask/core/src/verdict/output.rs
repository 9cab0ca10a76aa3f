//! What a test's process printed, taken apart: the test binary's own words, panics, and what is the student's.

use measure::protocol::names;

use super::{FailureKind, Test};
use crate::process::Output;

/// A panic as the standard library prints it.
#[derive(Debug, PartialEq, Eq)]
pub struct Panic {
    /// `file:line`.
    pub place: String,
    pub message: String,
}

impl Panic {
    /// What the panic says of the test.
    pub(super) fn kind(&self) -> FailureKind {
        let unexpected = || {
            let (seen, expected) =
                self.message.strip_prefix("seen: ")?.split_once("\nexpected: ")?;
            Some(FailureKind::Unexpected { seen: seen.to_owned(), expected: expected.to_owned() })
        };
        let not_written = || {
            let what = self.message.strip_prefix("not yet implemented")?;
            Some(FailureKind::NotWritten { what: what.trim_start_matches(": ").to_owned() })
        };
        unexpected()
            .or_else(not_written)
            .unwrap_or_else(|| FailureKind::Panicked { message: self.message.clone() })
    }
}

/// The panics on a standard error, in order: the first is the cause, whichever thread it was on.
pub fn panics(stderr: &str) -> Vec<Panic> {
    let mut panics: Vec<Panic> = Vec::new();
    let mut within = false;
    for line in stderr.lines() {
        let place = line
            .split_once(" panicked at ")
            .filter(|(thread, _)| thread.trim_start().starts_with("thread '"));
        if let Some((_, place)) = place {
            // `file:line:column:`; the column says little to a reader.
            let place =
                place.trim_end_matches(':').rsplit_once(':').map_or(place, |(place, _)| place);
            panics.push(Panic { place: place.to_owned(), message: String::new() });
            within = true;
        } else if line.starts_with("note: ") || line.starts_with("stack backtrace:") {
            within = false;
        } else if let Some(panic) = panics.last_mut().filter(|_| within) {
            panic.message += line;
            panic.message += "\n";
        }
    }
    for panic in &mut panics {
        panic.message.truncate(panic.message.trim_end().len());
    }
    panics
}

/// The case of a claim in which the code under test panicked, if the claim has words for it.
pub(super) fn panicking_case(stderr: &str) -> Option<&str> {
    stderr.lines().find_map(|line| line.strip_prefix(names::CASE))
}

/// What the student's code printed: all that the test binary and the panics did not.
pub(super) fn student_output(test: &Test, output: &Output) -> String {
    let begins = format!("test {} ... ", test.path);
    let stdout = output.stdout.split_once(&begins).map_or("", |(_, rest)| rest);
    let ends = ["ok\n\ntest result: ", "FAILED\n\nfailures:"];
    let stdout = ends.iter().find_map(|end| Some(stdout.rsplit_once(end)?.0)).unwrap_or(stdout);
    // Before the first panic, standard error is the student's alone.
    let stderr = output.stderr.split("\nthread '").next().unwrap_or_default();
    let stderr = if stderr.starts_with("thread '") { "" } else { stderr };
    [stdout.trim_end(), stderr.trim()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}
