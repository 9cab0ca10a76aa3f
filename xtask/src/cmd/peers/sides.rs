//! The programs that take turns: the model, the student's code, and Python.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask_core::cargo::{self, Build};
use xtask_core::checks::{self, Checks};
use xtask_core::course::{Course, Lesson};
use xtask_core::report::Working;
use xtask_core::rounds::Arm;
use xtask_core::served::{At, Served, Side, Workload};
use xtask_core::subject::{Package, Subject};

use super::arm::{Program, Run};
use super::python::Python;

/// The largest relative difference of two answers that are the same but for rounding.
const ROUNDING: f64 = 1e-9;

/// The programs, running, and the workloads that they share.
pub struct Sides {
    model: Served,
    yours: Option<(Checks, Served)>,
    python: Python,
    number: String,
    /// What is not measured, and why.
    pub notes: Vec<String>,
}

impl Sides {
    /// Builds and starts what is to be measured; `subject` says whether the student's code is.
    ///
    /// Rust is built for this machine's processor, as numba compiles for it.
    ///
    /// # Errors
    ///
    /// Anything but the student's code cannot be built or started.
    pub fn start(
        course: &Course,
        lesson: &Lesson,
        subject: Subject,
        python: &Path,
        working: &Working,
    ) -> Result<Self> {
        let mut notes = Vec::new();
        let number = lesson.number().to_owned();
        let model = match built(course, lesson, Subject::Solution, working)? {
            Ok(checks) => Served::start(&checks, "the model")?,
            Err(errors) => anyhow::bail!("the model does not compile:\n{errors}"),
        };
        let mut yours = None;
        if subject == Subject::Exercise && lesson.is_untouched()? {
            notes.push(format!(
                "yours is not measured: lesson {number} is not started"
            ));
        } else if subject == Subject::Exercise {
            match built(course, lesson, subject, working)? {
                Ok(checks) => {
                    let served = Served::start(&checks, "yours")?;
                    yours = Some((checks, served));
                }
                Err(_) => notes.push(format!(
                    "yours is not measured: it does not compile; `cargo xtask check {number}` says why"
                )),
            }
        }
        working.now("starting Python");
        let python = Python::start(
            Command::new(python)
                // Nothing of the user's own Python, and no compiled modules beside the lesson.
                .args(["-I", "-B"])
                .arg(course.root().join("xtask/peers/serve.py"))
                .arg(lesson.folder())
                .env("NUMBA_NUM_THREADS", model.cores_offered.to_string()),
        )?;
        Ok(Self {
            model,
            yours,
            python,
            number,
            notes,
        })
    }

    pub fn workloads(&self) -> Vec<Workload> {
        self.model.workloads.clone()
    }

    /// The workload's name, and all that can do it, after a first run of each, whose answers must agree.
    ///
    /// # Errors
    ///
    /// The model's or a Python answer differs from that of the Rust baseline; the message names it.
    pub fn prepared(
        &mut self,
        workload: &Workload,
        working: &Working,
    ) -> Result<(String, Vec<Arm<Run>>)> {
        let mut counts = vec![1, self.model.cores_offered];
        counts.dedup();
        if workload.one_thread {
            counts.truncate(1);
        }
        let at = |threads| At {
            threads: Some(threads),
            ..workload.usual()
        };
        working.now("comparing the answers");
        let told = self.model.ask(&json!({ "prepare": at(1).to_json() }))?;
        let name = told["name"].as_str().unwrap_or(&workload.what).to_owned();
        let digest = told["digest"].as_f64();
        let digest = digest.with_context(|| format!("{name}: the answer has no digest"))?;

        let mut arms =
            vec![self.first_run(&workload.baseline, Program::Model, at(1), Side::Serial)?];
        for &threads in &counts {
            self.model.prepare(at(threads))?;
            arms.push(self.first_run("the model", Program::Model, at(threads), Side::Subject)?);
        }
        let settings = counts.iter().map(|&threads| at(threads));
        arms.extend(self.yours(&name, settings, digest)?);
        for &threads in &counts {
            arms.extend(self.in_python(workload, threads, digest, working)?);
        }
        Ok((name, arms))
    }

    /// The student's code at these settings; nothing and a note if it does not do the job.
    fn yours(
        &mut self,
        name: &str,
        settings: impl Iterator<Item = At>,
        digest: f64,
    ) -> Result<Vec<Arm<Run>>> {
        let mut arms = Vec::new();
        for at in settings {
            let Some((checks, served)) = &mut self.yours else {
                break;
            };
            let fault = match served.ask(&json!({ "prepare": at.to_json() })) {
                Ok(told) if told["agree"] == true && same(&told["digest"], digest) => None,
                Ok(_) => Some("its answer differs from the serial one"),
                Err(_) => {
                    *served = Served::start(checks, "yours")?;
                    Some("it ends early")
                }
            };
            if let Some(fault) = fault {
                self.notes.push(format!(
                    "yours is not measured at `{name}`: {fault}; `cargo xtask check {}` says more",
                    self.number
                ));
                return Ok(Vec::new());
            }
            arms.push(self.first_run("yours", Program::Yours, at, Side::Subject)?);
        }
        Ok(arms)
    }

    fn in_python(
        &mut self,
        workload: &Workload,
        threads: usize,
        digest: f64,
        working: &Working,
    ) -> Result<Vec<Arm<Run>>> {
        let at = json!({
            "workload": workload.index,
            "size": workload.size.usual,
            "tasks": workload.tasks.as_ref().map_or(1, |tasks| tasks.usual),
            "threads": threads,
        });
        let mut arms = Vec::new();
        for name in self.python.arms(&at)? {
            working.progress(&format!("first run: {name}"));
            let told = self.python.ask(&json!({ "prepare": name, "at": at }))?;
            ensure!(
                same(&told["digest"], digest),
                "{name} on {threads} gives {} where the Rust baseline gives {digest}: what is wrong is not worth timing",
                told["digest"]
            );
            let run = Run {
                request: json!({ "time": name, "at": at }),
                first: seconds(&told)?,
                ..Run::at(Program::Python, threads)
            };
            arms.push(Arm::new(name, run));
        }
        Ok(arms)
    }

    fn first_run(&mut self, name: &str, program: Program, at: At, side: Side) -> Result<Arm<Run>> {
        let mut run = Run {
            request: at.run(side, 1),
            ..Run::at(program, at.threads.unwrap_or(1))
        };
        run.first = self.time(&run, 1)?;
        Ok(Arm::new(name, run))
    }

    /// The seconds of one run, on average over so many in a row.
    ///
    /// # Errors
    ///
    /// The program has ended, or does not answer.
    pub fn time(&mut self, run: &Run, times: u32) -> Result<f64> {
        let mut request = run.request.clone();
        request["times"] = json!(times);
        let answer = match (run.program, &mut self.yours) {
            (Program::Python, _) => self.python.ask(&request)?,
            (Program::Yours, Some((_, served))) => served.ask(&request)?,
            _ => self.model.ask(&request)?,
        };
        seconds(&answer)
    }
}

/// Whether the digest of an answer is that of the baseline. What is no number is `null`.
fn same(told: &Value, digest: f64) -> bool {
    told.as_f64()
        .is_some_and(|told| (told - digest).abs() <= ROUNDING * digest.abs())
}

fn seconds(answer: &Value) -> Result<f64> {
    answer["seconds"]
        .as_f64()
        .context("an answer without seconds")
}

/// A subject's checks, built as for a release and for this machine's processor; or rustc's words.
fn built(
    course: &Course,
    lesson: &Lesson,
    subject: Subject,
    working: &Working,
) -> Result<Result<Checks, String>> {
    let package = Package {
        release: true,
        cargo: vec![
            ("RUSTFLAGS", "-C target-cpu=native".into()),
            (
                "CARGO_TARGET_DIR",
                course.root().join("target/many-hands/native").into(),
            ),
        ],
        ..subject.package(lesson)
    };
    Ok(match cargo::build(&package, |step| working.now(step))? {
        Build::Ready { checks, .. } => Ok(checks::in_binary(checks, &package, lesson)?),
        Build::Broken { errors } => Err(errors.join("\n")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_may_differ_by_their_rounding_only() {
        assert!(same(&json!(0.666666466666681), 0.666666466666661));
        for wrong in [json!(0.6667), json!(-0.666666466666661), json!(null)] {
            assert!(!same(&wrong, 0.666666466666661), "{wrong}");
        }
    }
}
