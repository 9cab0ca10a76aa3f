//! Programs that run a lesson's workloads on request: the subjects of everything that is timed in turn.
//!
//! A lesson's speed test is such a program (`testkit::serve` tells how it is spoken to), built as for a release.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::cargo::{self, Build};
use crate::check::{Outcome, judge_package};
use crate::checks::{self, Checks};
use crate::course::{Course, Lesson};
use crate::process::Conversation;
use crate::subject::{Package, Stage, Subject};

/// Whose code is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measured {
    /// The student's or the model's.
    OfTheCourse(Subject),
    /// That in another folder, which holds a `src`, with the name it was given.
    Elsewhere { name: String, src: PathBuf },
}

/// What came of building a subject's checks.
pub enum Built {
    Ready(Checks),
    /// It cannot be run; why, in a sentence, and rustc's words if that is the reason.
    Not {
        why: String,
        errors: Vec<String>,
    },
}

/// The longest that one answer is waited for: a thousand times what a run of a right solution takes. What hangs is found by
/// `check`, sooner and in better words.
const PATIENCE: Duration = Duration::from_secs(60);

impl Measured {
    /// `mine`, `solution` or a path.
    ///
    /// # Errors
    ///
    /// The path leads to no folder with a submission's `src/lib.rs`.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "mine" => return Ok(Self::OfTheCourse(Subject::Exercise)),
            "solution" => return Ok(Self::OfTheCourse(Subject::Solution)),
            _ => {}
        }
        let path = Path::new(name);
        let is_src = path.file_name() == Some(OsStr::new("src"));
        let src = if is_src {
            path.to_owned()
        } else {
            path.join("src")
        };
        ensure!(
            src.join("lib.rs").is_file(),
            "`{name}` is neither `mine` nor `solution` nor a folder with a submission's `src/lib.rs`"
        );
        Ok(Self::Elsewhere {
            name: name.to_owned(),
            src,
        })
    }

    /// What tables and documents call it.
    pub fn name(&self) -> &str {
        match self {
            Self::OfTheCourse(Subject::Exercise) => "exercise",
            Self::OfTheCourse(Subject::Solution) => "solution",
            Self::Elsewhere { name, .. } => name,
        }
    }

    /// The file that holds its code.
    pub fn code(&self, lesson: &Lesson) -> PathBuf {
        match self {
            Self::OfTheCourse(subject) => subject.package(lesson).code(),
            Self::Elsewhere { src, .. } => src.join("lib.rs"),
        }
    }

    /// Judges it by the tiers that can fail a lesson, as `check` does.
    ///
    /// # Errors
    ///
    /// Its checks cannot be built or started, for a reason that is not in its code.
    pub fn judge(&self, bench: &mut Workbench, now: impl FnMut(&str) + Send) -> Result<Outcome> {
        let lesson = bench.lesson;
        match self {
            Self::OfTheCourse(Subject::Exercise) if lesson.is_untouched()? => {
                Ok(Outcome::not_started())
            }
            Self::OfTheCourse(subject) => judge_package(&subject.package(lesson), lesson, now),
            Self::Elsewhere { src, .. } => {
                judge_package(bench.stage()?.put_folder(src)?, lesson, now)
            }
        }
    }

    /// Builds its checks, as for a release, and says what it is at as it goes.
    ///
    /// # Errors
    ///
    /// Cargo cannot do it, for a reason that is not in the subject's code.
    pub fn build(&self, bench: &mut Workbench, mut now: impl FnMut(&str) + Send) -> Result<Built> {
        let (course, lesson) = (bench.course, bench.lesson);
        match self {
            Self::OfTheCourse(Subject::Exercise) if lesson.is_untouched()? => Ok(Built::Not {
                why: format!("lesson {} is not started", lesson.number()),
                errors: Vec::new(),
            }),
            Self::OfTheCourse(subject) => built(&subject.package(lesson), lesson, &mut now),
            Self::Elsewhere { name, src } => {
                let package = bench.stage()?.put_folder(src)?.clone();
                let built = built(&package, lesson, &mut now)?;
                let Built::Ready(checks) = built else {
                    return Ok(built);
                };
                // The next subject on the stage is built to the same place.
                let place = course
                    .root()
                    .join("target/many-hands/subjects")
                    .join(file_name(name));
                let kept = checks.moved_to(&place.join(lesson.name()))?;
                let staged = fs::read(package.code())?;
                ensure!(
                    fs::read(src.join("lib.rs")).is_ok_and(|code| code == staged),
                    "`{name}` changed while it was built, or another measurement builds here too; try again"
                );
                Ok(Built::Ready(kept))
            }
        }
    }
}

/// Where the subjects of one lesson are built. Those from elsewhere share a stage, one after the other; it is laid out for
/// the first of them.
pub struct Workbench<'a> {
    course: &'a Course,
    lesson: &'a Lesson,
    stage: Option<Stage>,
}

impl<'a> Workbench<'a> {
    pub fn new(course: &'a Course, lesson: &'a Lesson) -> Self {
        Self {
            course,
            lesson,
            stage: None,
        }
    }

    fn stage(&mut self) -> Result<&Stage> {
        let stage = match self.stage.take() {
            Some(stage) => stage,
            None => Stage::lay_out(self.course, self.lesson, "subjects", false)?,
        };
        Ok(self.stage.insert(stage))
    }
}

fn built(package: &Package, lesson: &Lesson, now: &mut (impl FnMut(&str) + Send)) -> Result<Built> {
    let package = Package {
        release: true,
        ..package.clone()
    };
    Ok(match cargo::build(&package, now)? {
        Build::Ready { checks, .. } => Built::Ready(checks::in_binary(checks, &package, lesson)?),
        Build::Broken { errors } => Built::Not {
            why: "it does not compile".to_owned(),
            errors,
        },
    })
}

/// A path as one file name.
fn file_name(path: &str) -> String {
    let plain = |c: char| {
        if c.is_alphanumeric() || c == '-' {
            c
        } else {
            '_'
        }
    };
    path.chars().map(plain).collect()
}

/// A program that runs a subject's workloads on request; ended when it is dropped.
pub struct Served {
    conversation: Conversation,
    /// How many threads can run at once here, by the system's account.
    pub cores_offered: usize,
    pub workloads: Vec<Workload>,
}

/// What can be asked of a workload.
#[derive(Clone, Debug, PartialEq)]
pub struct Workload {
    pub index: usize,
    /// Without its size.
    pub what: String,
    pub size: Count,
    /// Into how many tasks it is split, where that can be chosen.
    pub tasks: Option<Count>,
    /// What the serial side is called.
    pub baseline: String,
    /// Whether its subject too runs on one thread.
    pub one_thread: bool,
}

/// A number that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    pub unit: String,
    pub usual: usize,
    pub swept: Vec<usize>,
}

/// A workload at a chosen size, in a chosen number of tasks, on so many threads; what is `None` is as usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct At {
    pub workload: usize,
    pub size: Option<usize>,
    pub tasks: Option<usize>,
    pub threads: Option<usize>,
}

/// A workload whose answers were compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// With its size.
    pub name: String,
    pub items: u64,
}

/// Who runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Serial,
    Subject,
}

impl Served {
    /// Starts the program. `name` is what messages call it.
    ///
    /// # Errors
    ///
    /// It cannot be started, or does not answer.
    pub fn start(checks: &Checks, name: &str) -> Result<Self> {
        let mut conversation = checks::serve(checks, name)?;
        let listed = conversation.ask(&json!({ "list": true }), PATIENCE)?;
        let workloads = listed["workloads"].as_array().into_iter().flatten();
        Ok(Self {
            conversation,
            cores_offered: number(&listed["cores_offered"])?,
            workloads: workloads
                .enumerate()
                .map(|(index, workload)| Workload::read(index, workload))
                .collect::<Result<_>>()?,
        })
    }

    /// Runs both sides once and compares their answers.
    ///
    /// # Errors
    ///
    /// They differ: what is wrong is not worth timing. Or the program ends, as one that panics does.
    pub fn prepare(&mut self, at: At) -> Result<Prepared> {
        let told = self.ask(&json!({ "prepare": at.to_json() }))?;
        let name = text(&told["name"])?;
        ensure!(
            told["agree"] == true,
            "{name}: the answer differs from that of the serial baseline, and what is wrong is not worth timing"
        );
        let items = told["items"].as_u64().context("an answer without items")?;
        Ok(Prepared { name, items })
    }

    /// Anything that the program answers.
    ///
    /// # Errors
    ///
    /// The program ends, or does not answer in time.
    pub fn ask(&mut self, request: &Value) -> Result<Value> {
        self.conversation.ask(request, PATIENCE)
    }
}

impl Workload {
    fn read(index: usize, listed: &Value) -> Result<Self> {
        Ok(Self {
            index,
            what: text(&listed["what"])?,
            size: Count::read(&listed["size"])?,
            tasks: match &listed["tasks"] {
                Value::Null => None,
                tasks => Some(Count::read(tasks)?),
            },
            baseline: text(&listed["baseline"])?,
            one_thread: listed["one_thread"] == true,
        })
    }

    /// At its usual setting.
    pub fn usual(&self) -> At {
        At {
            workload: self.index,
            size: None,
            tasks: None,
            threads: None,
        }
    }
}

impl Count {
    fn read(listed: &Value) -> Result<Self> {
        let swept = listed["swept"].as_array().into_iter().flatten();
        Ok(Self {
            unit: text(&listed["unit"])?,
            usual: number(&listed["usual"])?,
            swept: swept.map(number).collect::<Result<_>>()?,
        })
    }
}

impl At {
    pub fn to_json(self) -> Value {
        json!({ "workload": self.workload, "size": self.size, "tasks": self.tasks, "threads": self.threads })
    }

    /// The request to run one side so many times in a row.
    pub fn run(self, side: Side, times: u32) -> Value {
        let side = match side {
            Side::Serial => "serial",
            Side::Subject => "subject",
        };
        json!({ "time": side, "times": times, "at": self.to_json() })
    }
}

fn text(value: &Value) -> Result<String> {
    let Some(text) = value.as_str() else {
        bail!("a text is missing in what the program answered: {value}")
    };
    Ok(text.to_owned())
}

fn number(value: &Value) -> Result<usize> {
    let number = value
        .as_u64()
        .and_then(|number| usize::try_from(number).ok());
    number.with_context(|| format!("a number is missing in what the program answered: {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_mine_or_the_solution_or_a_folder_with_a_submission() {
        assert_eq!(Measured::named("mine").unwrap().name(), "exercise");
        assert_eq!(Measured::named("solution").unwrap().name(), "solution");
        let here = Measured::named(concat!(env!("CARGO_MANIFEST_DIR"), "/benches"))
            .unwrap_err()
            .to_string();
        assert!(
            here.contains("nor a folder with a submission's `src/lib.rs`"),
            "{here}"
        );
    }

    #[test]
    fn a_path_becomes_one_file_name() {
        assert_eq!(file_name("../class/ann b/02"), "___class_ann_b_02");
    }

    #[test]
    fn what_is_as_usual_is_null_in_a_request() {
        let at = At {
            workload: 1,
            size: None,
            tasks: Some(8),
            threads: Some(2),
        };
        let expected = json!({ "time": "subject", "times": 3, "at": { "workload": 1, "size": null, "tasks": 8, "threads": 2 } });
        assert_eq!(at.run(Side::Subject, 3), expected);
    }
}
