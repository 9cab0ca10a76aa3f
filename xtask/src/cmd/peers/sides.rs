//! The programs that take turns: the model, the student's code, and Python.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use measure::protocol::PythonCase;
use xtask_core::bench_process::{BenchProcess, CaseParams, Side, Workload};
use xtask_core::check::build_release;
use xtask_core::course::{Course, Lesson};
use xtask_core::rounds::Arm;
use xtask_core::test_binary::TestBinary;
use xtask_core::ui::Working;
use xtask_core::variant::{Package, Variant};

use super::arm::{Program, Run};
use super::python::Python;

/// The largest relative difference of two answers that are the same but for rounding.
const ROUNDING: f64 = 1e-9;

/// The programs, running, and the workloads that they share.
pub struct Sides {
    model: BenchProcess,
    yours: Option<(TestBinary, BenchProcess)>,
    python: Python,
    number: String,
    /// What is not measured, and why.
    pub notes: Vec<String>,
}

impl Sides {
    /// Builds and starts the programs; `subject` says whether the student's code is.
    ///
    /// Rust is built for this machine's processor, as numba compiles for it.
    ///
    /// # Errors
    ///
    /// Anything but the student's code cannot be built or started.
    pub fn start(
        course: &Course,
        lesson: &Lesson,
        subject: Variant,
        python: &Path,
        working: &Working,
    ) -> Result<Self> {
        let mut notes = Vec::new();
        let number = lesson.number().to_owned();
        let model = match build_checks(course, lesson, Variant::Solution, working)? {
            Ok(checks) => BenchProcess::start(&checks, "the model")?,
            Err(errors) => bail!("the model does not compile:\n{}", errors.join("\n")),
        };
        let mut yours = None;
        if subject == Variant::Exercise && lesson.is_untouched()? {
            notes.push(format!("yours is not measured: lesson {number} is not started"));
        } else if subject == Variant::Exercise {
            match build_checks(course, lesson, subject, working)? {
                Ok(checks) => {
                    let process = BenchProcess::start(&checks, "yours")?;
                    yours = Some((checks, process));
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
        Ok(Self { model, yours, python, number, notes })
    }

    pub fn workloads(&self) -> Vec<Workload> {
        self.model.workloads.clone()
    }

    /// The workload's name, and all that can do it, after a first run of each, whose answers must agree.
    ///
    /// # Errors
    ///
    /// The model's or a Python answer differs from that of the Rust baseline; the message names it.
    pub fn prepare(
        &mut self,
        workload: &Workload,
        working: &Working,
    ) -> Result<(String, Vec<Arm<Run>>)> {
        let mut counts = vec![1, self.model.cores_offered];
        counts.dedup();
        if workload.info.one_thread {
            counts.truncate(1);
        }
        let at = |threads| CaseParams { threads: Some(threads), ..workload.usual() };
        working.now("comparing the answers");
        let prepared = self.model.run_both_sides(at(1))?;
        let (name, digest) = (prepared.name, prepared.digest);
        ensure!(digest.is_finite(), "{name}: the answer has no digest");

        let mut arms = vec![self.first_run(
            &workload.info.baseline,
            1,
            Program::Model(at(1), Side::Serial),
        )?];
        for &threads in &counts {
            self.model.prepare(at(threads))?;
            arms.push(self.first_run(
                "the model",
                threads,
                Program::Model(at(threads), Side::Subject),
            )?);
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
        settings: impl Iterator<Item = CaseParams>,
        digest: f64,
    ) -> Result<Vec<Arm<Run>>> {
        let mut arms = Vec::new();
        for at in settings {
            let Some((checks, process)) = &mut self.yours else {
                break;
            };
            let fault = match process.run_both_sides(at) {
                Ok(prepared) if prepared.agree && same(prepared.digest, digest) => None,
                Ok(_) => Some("its answer differs from the serial one"),
                Err(_) => {
                    *process = BenchProcess::start(checks, "yours")?;
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
            let threads = at.threads.unwrap_or(1);
            arms.push(self.first_run("yours", threads, Program::Yours(at))?);
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
        let info = &workload.info;
        let at = PythonCase {
            workload: workload.index,
            size: info.size.usual,
            tasks: info.tasks.as_ref().map_or(1, |tasks| tasks.usual),
            threads,
        };
        let mut arms = Vec::new();
        for name in self.python.arms(at)? {
            working.progress(&format!("first run: {name}"));
            let run = self.python.prepare(&name, at)?;
            ensure!(
                same(run.digest, digest),
                "{name} on {threads} gives {} where the Rust baseline gives {digest}: what is wrong is not worth timing",
                run.digest
            );
            let program = Program::Python(name.clone(), at);
            arms.push(Arm::new(name, Run::new(program, threads, run.seconds)));
        }
        Ok(arms)
    }

    fn first_run(&mut self, name: &str, threads: usize, program: Program) -> Result<Arm<Run>> {
        let mut run = Run::new(program, threads, f64::NAN);
        run.first = self.time(&run, 1)?;
        Ok(Arm::new(name, run))
    }

    /// The seconds of one run, on average over `times` in a row.
    pub fn time(&mut self, run: &Run, times: u32) -> Result<f64> {
        match &run.program {
            Program::Model(at, side) => self.model.time(*at, *side, times),
            Program::Yours(at) => {
                let yours = self.yours.as_mut();
                let (_, process) = yours.context("the student's code takes part")?;
                process.time(*at, Side::Subject, times)
            }
            Program::Python(name, at) => self.python.time(name, *at, times),
        }
    }
}

/// Whether the digest of an answer is that of the baseline.
fn same(answer: f64, digest: f64) -> bool {
    (answer - digest).abs() <= ROUNDING * digest.abs()
}

/// A subject's checks, built as for a release and for this machine's processor; or rustc's words.
fn build_checks(
    course: &Course,
    lesson: &Lesson,
    subject: Variant,
    working: &Working,
) -> Result<Result<TestBinary, Vec<String>>> {
    let package = Package {
        cargo: vec![
            ("RUSTFLAGS", "-C target-cpu=native".into()),
            ("CARGO_TARGET_DIR", course.root().join("target/many-hands/native").into()),
        ],
        ..subject.package(lesson)
    };
    build_release(package, lesson, |step| working.now(step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_may_differ_by_their_rounding_only() {
        assert!(same(0.666666466666681, 0.666666466666661));
        for wrong in [0.6667, -0.666666466666661, f64::NAN] {
            assert!(!same(wrong, 0.666666466666661), "{wrong}");
        }
    }
}
