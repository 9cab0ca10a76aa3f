//! Grades one submission: from its files to the contents of its record.

use std::time::Instant;

use anyhow::{Result, ensure};

use crate::candidate::Candidate;
use crate::examiner::Examiner;
use crate::forbidden_words;
use crate::ground::{Compiled, Ground};
use crate::intake::SourceFile;
use crate::overlapping;
use crate::record::Outcome;
use crate::weighing::{Observed, Weighed, weighed};

/// The result of grading a submission, with wall times in seconds.
#[derive(Debug)]
pub struct Assessment {
    pub weighed: Weighed,
    /// CPU time in nanoseconds for each question whose work must overlap.
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
    ground: &Ground,
    examiner: &mut Examiner,
    files: &[SourceFile],
    seed: u64,
    place: &str,
) -> Result<Assessment> {
    let begun = Instant::now();
    if let Some(word) = forbidden_words::find(files) {
        return Ok(Assessment {
            weighed: weighed(Observed::ForbiddenWord(word)),
            cpu_ns: Vec::new(),
            compiling_s: 0.0,
            testing_s: 0.0,
        });
    }
    let compiled = ground.compile(files, place)?;
    let compiling_s = begun.elapsed().as_secs_f64();
    let observed = match compiled {
        Compiled::Ready(program) => Candidate { ground, program }.observed(examiner, seed)?,
        Compiled::Broken(diagnostics) => Observed::DidNotCompile(diagnostics),
        Compiled::Stopped(stop) => Observed::CompilerStopped(stop),
    };
    let cpu_ns = match &observed {
        Observed::Sat { sitting, .. } => sitting.overlaps.iter().map(overlapping::cpu_ns).collect(),
        _ => Vec::new(),
    };
    Ok(Assessment {
        weighed: weighed(observed),
        cpu_ns,
        compiling_s,
        testing_s: begun.elapsed().as_secs_f64() - compiling_s,
    })
}

/// Grades two submissions with known verdicts: the model must pass, and the skeleton must fail.
///
/// # Errors
///
/// One of them has another verdict, so that no verdict can be trusted.
pub fn grade_canaries(ground: &Ground, seed: u64) -> Result<()> {
    let lesson = &ground.lesson;
    let expected = [
        ("the model", ground.model()?, Outcome::Passed),
        ("the skeleton", lesson.skeleton()?, Outcome::Failed),
    ];
    let mut examiner = ground.examiner()?;
    for (name, code, outcome) in expected {
        let found = assess(
            ground,
            &mut examiner,
            &[SourceFile::root(code)],
            seed,
            "canary",
        )?;
        let Weighed {
            outcome: seen,
            reason,
            ..
        } = found.weighed;
        ensure!(
            seen == outcome,
            "lesson {}: {name} is graded {seen:?} ({reason}) and should be {outcome:?}, so no verdict here \
             would mean anything; `cargo xtask verify {}` says more",
            lesson.name(),
            lesson.number(),
        );
    }
    Ok(())
}
