//! What the runner asks of a program that is built when it is first used: one argument, which is a JSON document.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

/// A request to the package `grader`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForGrader {
    Grade(Grade),
    Merge(Merge),
    Verify(Verify),
}

/// Grade a class. Paths and numbers are as the user typed them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grade {
    /// The folder with the students' folders.
    pub class: String,
    /// The folder of the results; `None` is the one beside the class.
    pub out: Option<String>,
    /// Only this lesson, by the name of its folder.
    pub lesson: Option<String>,
    /// Only this student.
    pub student: Option<String>,
    /// Draw the unseen cases from this seed.
    pub seed: Option<u64>,
    /// Only this part of the class: `2/8`.
    pub shard: Option<String>,
    /// This many submissions at a time; `None` is one for each core.
    pub jobs: Option<NonZeroUsize>,
    /// Grade also what has a result.
    pub again: bool,
    /// Run submissions without a sandbox.
    pub unconfined: bool,
    /// Print the JSON document instead of the screen.
    pub json: bool,
}

/// Join the results of several shards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merge {
    /// Folders of results.
    pub parts: Vec<String>,
    /// The folder of the joined results; `None` is `graded`.
    pub out: Option<String>,
    /// Print the JSON document instead of the screen.
    pub json: bool,
}

/// Verify lessons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verify {
    /// Only this lesson, by the name of its folder.
    pub lesson: Option<String>,
    /// Only the submissions whose names contain one of these; all, if empty.
    pub submissions: Vec<String>,
    /// Build the submissions without optimisation.
    pub quick: bool,
}

/// A request to the package `book`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForBook {
    /// Open the book in a browser.
    pub open: bool,
    /// What was measured for it.
    pub figures: Vec<Figure>,
}

/// What one command of a chapter has measured on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The lesson, by the name of its folder.
    pub lesson: String,
    /// The command as the chapter has it.
    pub cell: String,
    /// The command that was run.
    pub command: String,
    /// The document that the command kept (the page and the picture have the same name), or why there is none.
    pub outcome: Result<PathBuf, String>,
}

impl ForGrader {
    pub fn to_json(&self) -> Value {
        match self {
            Self::Grade(grade) => json!({
                "verb": "grade",
                "class": grade.class,
                "out": grade.out,
                "lesson": grade.lesson,
                "student": grade.student,
                "seed": grade.seed,
                "shard": grade.shard,
                "jobs": grade.jobs.map(NonZeroUsize::get),
                "again": grade.again,
                "unconfined": grade.unconfined,
                "json": grade.json,
            }),
            Self::Merge(merge) => json!({
                "verb": "merge",
                "parts": merge.parts,
                "out": merge.out,
                "json": merge.json,
            }),
            Self::Verify(verify) => json!({
                "verb": "verify",
                "lesson": verify.lesson,
                "submissions": verify.submissions,
                "quick": verify.quick,
            }),
        }
    }

    /// The request that a program was started with.
    ///
    /// # Errors
    ///
    /// The arguments are not a request.
    pub fn from_arguments(arguments: impl Iterator<Item = OsString>) -> Result<Self> {
        let request = document(arguments)?;
        Ok(match text(&request["verb"])?.as_str() {
            "grade" => Self::Grade(Grade {
                class: text(&request["class"])?,
                out: optional_text(&request["out"]),
                lesson: optional_text(&request["lesson"]),
                student: optional_text(&request["student"]),
                seed: request["seed"].as_u64(),
                shard: optional_text(&request["shard"]),
                jobs: request["jobs"]
                    .as_u64()
                    .and_then(|jobs| NonZeroUsize::new(usize::try_from(jobs).ok()?)),
                again: request["again"] == true,
                unconfined: request["unconfined"] == true,
                json: request["json"] == true,
            }),
            "merge" => Self::Merge(Merge {
                parts: list(&request["parts"], text)?,
                out: optional_text(&request["out"]),
                json: request["json"] == true,
            }),
            "verify" => Self::Verify(Verify {
                lesson: optional_text(&request["lesson"]),
                submissions: list(&request["submissions"], text)?,
                quick: request["quick"] == true,
            }),
            verb => bail!("the package `grader` cannot `{verb}`"),
        })
    }
}

impl ForBook {
    pub fn to_json(&self) -> Value {
        let figure = |figure: &Figure| {
            json!({
                "lesson": figure.lesson,
                "cell": figure.cell,
                "command": figure.command,
                "document": figure.outcome.as_ref().ok(),
                "missing": figure.outcome.as_ref().err(),
            })
        };
        json!({ "open": self.open, "figures": self.figures.iter().map(figure).collect::<Vec<_>>() })
    }

    /// The request that a program was started with.
    ///
    /// # Errors
    ///
    /// The arguments are not a request.
    pub fn from_arguments(arguments: impl Iterator<Item = OsString>) -> Result<Self> {
        let request = document(arguments)?;
        let figure = |figure: &Value| {
            Ok(Figure {
                lesson: text(&figure["lesson"])?,
                cell: text(&figure["cell"])?,
                command: text(&figure["command"])?,
                outcome: match optional_text(&figure["missing"]) {
                    Some(why) => Err(why),
                    None => Ok(PathBuf::from(text(&figure["document"])?)),
                },
            })
        };
        Ok(Self { open: request["open"] == true, figures: list(&request["figures"], figure)? })
    }
}

fn document(mut arguments: impl Iterator<Item = OsString>) -> Result<Value> {
    let argument = arguments.next().unwrap_or_default();
    argument
        .to_str()
        .and_then(|argument| serde_json::from_str(argument).ok())
        .context("this program is started by `cargo xtask`, with a request")
}

fn text(value: &Value) -> Result<String> {
    optional_text(value).with_context(|| format!("a text is missing in a request: {value}"))
}

fn optional_text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn list<T>(value: &Value, item: impl Fn(&Value) -> Result<T>) -> Result<Vec<T>> {
    let items = value.as_array().into_iter().flatten();
    items.map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn argument(request: Value) -> impl Iterator<Item = OsString> {
        [request.to_string().into()].into_iter()
    }

    #[test]
    fn a_request_to_the_grader_arrives_as_it_was_sent() {
        let some = |text: &str| Some(text.to_owned());
        let full = Grade {
            class: "a class".into(),
            out: some("out"),
            lesson: some("02-chunked-integration"),
            student: some("ann"),
            seed: Some(u64::MAX),
            shard: some("2/8"),
            jobs: NonZeroUsize::new(3),
            again: true,
            unconfined: true,
            json: true,
        };
        let merge = Merge { parts: vec!["a".into(), "b".into()], out: some("out"), json: true };
        let verify = Verify {
            lesson: some("02-chunked-integration"),
            submissions: vec!["serial-map".into()],
            quick: true,
        };
        for request in [
            ForGrader::Grade(full),
            ForGrader::Grade(Grade::default()),
            ForGrader::Merge(merge),
            ForGrader::Merge(Merge::default()),
            ForGrader::Verify(verify),
            ForGrader::Verify(Verify::default()),
        ] {
            let received = ForGrader::from_arguments(argument(request.to_json())).unwrap();
            assert_eq!(received, request);
        }
    }

    #[test]
    fn a_request_to_the_book_arrives_as_it_was_sent() {
        let figure = |outcome| Figure {
            lesson: "02-chunked-integration".into(),
            cell: "cargo xtask sweep 02".into(),
            command: "cargo xtask sweep 02 --solution".into(),
            outcome,
        };
        let request = ForBook {
            open: true,
            figures: vec![figure(Ok("target/sweep.json".into())), figure(Err("no".into()))],
        };
        let received = ForBook::from_arguments(argument(request.to_json())).unwrap();
        assert_eq!(received, request);
    }

    #[test]
    fn a_program_that_is_started_by_hand_says_how_it_is_started() {
        let by_hand = ["grade", "class"].map(OsString::from);
        let error = ForGrader::from_arguments(by_hand.into_iter()).unwrap_err();
        assert_eq!(error.to_string(), "this program is started by `cargo xtask`, with a request");
    }
}
