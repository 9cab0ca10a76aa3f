//! Grades one submission: from its files to the contents of its record.

use std::time::Instant;

use anyhow::{Result, ensure};

use crate::classify::{Classification, Observed, classify};
use crate::compiled_submission::CompiledSubmission;
use crate::exam::examine;
use crate::forbidden_words;
use crate::grading_env::{Compiled, GradingEnv};
use crate::intake::SourceFile;
use crate::overlapping;
use crate::record::Outcome;

/// The result of grading a submission, with wall times in seconds.
#[derive(Debug)]
pub struct Assessment {
    pub classification: Classification,
    /// CPU time for each claim whose work has to overlap, in nanoseconds.
    pub cpu_ns: Vec<u64>,
    pub compiling_s: f64,
    pub testing_s: f64,
}

/// Compiles and judges a submission. Its unseen cases follow from `seed`; `place` is the name of a folder that no other worker
/// uses.
///
/// # Errors
///
/// The grader failed; the submission is not the cause.
pub fn assess(
    env: &GradingEnv,
    files: &[SourceFile],
    seed: u64,
    place: &str,
) -> Result<Assessment> {
    let begun = Instant::now();
    let (mut cpu_ns, mut compiling_s) = (Vec::new(), 0.0);
    let observed = if let Some(word) = forbidden_words::find(files) {
        Observed::ForbiddenWord(word)
    } else {
        let compiled = env.compile(files, place)?;
        compiling_s = begun.elapsed().as_secs_f64();
        match compiled {
            Compiled::Ready(program) => {
                let exam = examine(&CompiledSubmission { env, program }, seed)?;
                cpu_ns = exam.overlaps.iter().map(overlapping::cpu_ns).collect();
                let models_cpu_ns = env.models_cpu_ns.get().cloned().unwrap_or_default();
                Observed::Examined { exam, models_cpu_ns }
            }
            Compiled::Broken(diagnostics) => Observed::DidNotCompile(diagnostics),
            Compiled::Stopped(stop) => Observed::CompilerStopped(stop),
        }
    };
    let testing_s = begun.elapsed().as_secs_f64() - compiling_s;
    Ok(Assessment { classification: classify(observed), cpu_ns, compiling_s, testing_s })
}

/// Grades two submissions with known verdicts: the model must pass, and the skeleton must fail.
///
/// # Errors
///
/// One of them has another verdict, so that no verdict can be trusted.
pub fn grade_canaries(env: &GradingEnv, seed: u64) -> Result<()> {
    let lesson = &env.lesson;
    let expected = [
        ("the model", env.model()?, Outcome::Passed),
        ("the skeleton", lesson.skeleton()?, Outcome::Failed),
    ];
    for (name, code, outcome) in expected {
        let found = assess(env, &[SourceFile::root(code)], seed, "canary")?;
        let Classification { outcome: seen, reason, .. } = found.classification;
        ensure!(
            seen == outcome,
            "lesson {}: {name} is graded {seen:?} ({reason}) and should be {outcome:?}, so no verdict here \
             would mean anything; `cargo xtask verify {}` says more",
            lesson.name(),
            lesson.number(),
        );
        if seen == Outcome::Passed {
            env.models_cpu_ns.get_or_init(|| found.cpu_ns);
        }
    }
    Ok(())
}
