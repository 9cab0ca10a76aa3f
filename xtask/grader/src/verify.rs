//! `cargo xtask verify`: the course checks itself.
//!
//! For every lesson: the skeleton compiles without a warning and fails because it is not written yet, the model passes,
//! and every known submission gets the verdict that its first lines state. All of them are built and run in a [`GradingEnv`]
//! as for `grade`, so that it does not matter what the student's own exercise holds.
//!
//! A mistake is also asked random cases, whatever the checks have seen. They must reject it as well: it could know the fixed
//! ones by heart.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use measure::protocol::request::Verify;
use xtask_core::course::{Course, Lesson};
use xtask_core::exit::Exit;
use xtask_core::ui::{self, Working};
use xtask_core::verdict::{FailureKind, Test, Tier, Verdict};

use crate::at_once;
use crate::compiled_submission::CompiledSubmission;
use crate::corpus::{Corpus, Expected, KnownSubmission};
use crate::exam::{examine, is_rejected};
use crate::grade::{helper, sysroot};
use crate::grading_env::{Compiled, GradingEnv};
use crate::intake::SourceFile;
use crate::sandbox::{Sandbox, Toolchain};

mod mutants;
mod verification;

use verification::{Verification, find_gaps};

/// A mistake is asked random cases from this many seeds, until it is rejected: a mistake may show in few of them.
const SEEDS: u64 = 25;
/// What is wrong is accepted if it passes this many checks.
const CHECKS: usize = 3;
/// While the last mistakes of a lesson hang until their time limit, the next lesson is under way.
const LESSONS_AT_ONCE: usize = 2;
/// The hints of a lesson come in this many stages.
const HINTS: usize = 3;

/// Verifies the lesson that is named, or all of them; with names of submissions, only those.
///
/// # Errors
///
/// The course cannot be read, or its own code not be built.
pub fn run(request: &Verify) -> Result<Exit> {
    let course = Course::here()?;
    let means = Means::find()?;
    let lessons = match &request.lesson {
        Some(name) => std::slice::from_ref(course.lesson(name)?),
        None => course.lessons(),
    };
    if request.mutants {
        return mutants::run(&course, lessons, &means, request);
    }
    let verified = at_once::map(lessons, LESSONS_AT_ONCE, |lesson, _| {
        Ok((lesson.name(), verify(&course, lesson, &means, &request.submissions)?))
    })?;
    let verified = BTreeMap::from_iter(verified);
    for (lesson, verification) in &verified {
        ui::print(&verification.screen(lesson));
    }
    Ok(verified.values().all(|verification| verification.faults.is_empty()).into())
}

fn verify(
    course: &Course,
    lesson: &Lesson,
    means: &Means,
    names: &[String],
) -> Result<Verification> {
    let Corpus { submissions: mut known, faults: mut unreadable } =
        Corpus::read(&lesson.solution())?;
    if !names.is_empty() {
        let is_named = |known: &str| names.iter().any(|name| known.contains(&**name));
        known.retain(|known| is_named(&known.name));
        unreadable.retain(|fault| is_named(fault.split(": ").next().unwrap_or_default()));
        ensure!(
            !(known.is_empty() && unreadable.is_empty()),
            "lesson {} has no such submission",
            lesson.name()
        );
        let working = Working::start(&format!("verifying lesson {}", lesson.number()));
        let count = known.len() + unreadable.len();
        let verdicts = faults_of_known(&means.prepare(course, lesson)?, &known, &working)?;
        let faults = [unreadable, verdicts].concat();
        return Ok(Verification {
            claims: format!("{count} submissions have the verdict that they state"),
            faults,
            to_do: Vec::new(),
        });
    }
    let mistakes = known.iter().filter(|known| known.expected != Expected::Accepted).count();
    let variants = known.len() - mistakes;
    lesson.title()?;
    let (mut faults, to_do) = find_gaps(lesson.is_draft()?, mistakes, variants);
    faults.extend(unreadable);
    let hints = lesson.hints()?.len();
    if hints != HINTS {
        faults.push(format!("its hints have {hints} stages, not {HINTS}"));
    }
    let working = Working::start(&format!("verifying lesson {}", lesson.number()));
    let env = means.prepare(course, lesson)?;
    working.now("the model");
    let (name, source) = ("the model".to_owned(), env.model()?);
    let model = KnownSubmission { name, source, expected: Expected::Accepted };
    let fault = fault_of_known(&env, &model, "model")?;
    faults.extend(fault.map(|fault| format!("{} {fault}", model.name)));
    working.now("the skeleton");
    faults.extend(fault_of_skeleton(&env)?);
    faults.extend(faults_of_known(&env, &known, &working)?);
    let claims = format!(
        "the skeleton is not written yet, the model passes; rejected as stated: {mistakes} mistakes; \
         accepted: {variants} variants"
    );
    Ok(Verification { claims, faults, to_do })
}

/// What is wrong with the skeleton, if anything is.
fn fault_of_skeleton(env: &GradingEnv) -> Result<Option<String>> {
    let files = [SourceFile::root(env.lesson.skeleton()?)];
    let program = match env.compile_without_warnings(&files, "skeleton")? {
        Compiled::Ready(program) => program,
        Compiled::Broken(diagnostics) => {
            return Ok(Some(format!(
                "the skeleton does not compile without warnings: {}",
                diagnostics.errors.join("\n")
            )));
        }
        Compiled::Stopped(stop) => return Ok(Some(format!("compiling the skeleton: {stop}"))),
    };
    let checked = (CompiledSubmission { env, program }).check()?;
    let not_written = |test: &Test| {
        let Verdict::Tiers(tiers) = &checked else {
            return false;
        };
        let mut failures = tiers.iter().flat_map(|tier| &tier.failures);
        failures.any(|failure| {
            failure.test == *test && matches!(failure.kind, FailureKind::NotWritten { .. })
        })
    };
    let correct = env.tests.iter().map(|at| &at.test);
    let written: Vec<&str> = correct
        .filter(|test| test.tier == Tier::Correct && !not_written(test))
        .map(Test::name)
        .collect();
    Ok((!written.is_empty()).then(|| {
        format!("checks of the skeleton that do not end at a `todo!`: {}", written.join(", "))
    }))
}

/// Which known submissions get another verdict than they state.
fn faults_of_known(
    env: &GradingEnv,
    known: &[KnownSubmission],
    working: &Working,
) -> Result<Vec<String>> {
    // A mistake that hangs only waits. What takes a core is to compile them, and for that each needs a permit.
    let workers = 8 * at_once::cores().get();
    let faults = at_once::map(known, workers, |known, number| {
        working.now(&known.name);
        let fault = fault_of_known(env, known, &number.to_string());
        let fault = fault.with_context(|| known.name.clone())?;
        Ok(fault.map(|fault| format!("{} {fault}", known.name)))
    })?;
    let mut faults: Vec<String> = faults.into_iter().flatten().collect();
    faults.sort();
    Ok(faults)
}

/// What is wrong with the verdict on a known submission, if anything is.
fn fault_of_known(
    env: &GradingEnv,
    known: &KnownSubmission,
    place: &str,
) -> Result<Option<String>> {
    let program = match env.compile(&[SourceFile::root(known.source.clone())], place)? {
        Compiled::Ready(program) => program,
        Compiled::Broken(diagnostics) => {
            return Ok(known.expected.differs(Some(&diagnostics.errors.concat())));
        }
        Compiled::Stopped(stop) => return Ok(known.expected.differs(Some(&stop.to_string()))),
    };
    // The checks are run as for a student, who has no sandbox.
    let outside = Sandbox::without_isolation(&helper()?);
    let for_student = CompiledSubmission { env: &env.run_in(&outside), program: program.clone() };
    let times = if known.expected == Expected::Accepted { 1 } else { CHECKS };
    let checked = for_student.check_until_failure(times)?;
    let said = (!checked.has_passed()).then(|| checked.summary());
    if let Some(fault) = known.expected.differs(said.as_deref()) {
        return Ok(Some(fault));
    }
    // A student reads the contract where a check fails, and not what the claims are built from.
    let place = checked.first_failure().and_then(|failure| failure.place.as_deref());
    if let Some(place) = place.filter(|place| place.contains("testkit")) {
        return Ok(Some(format!("fails at {place}, which is not in the lesson")));
    }
    let submission = CompiledSubmission { env, program };
    let seed = getrandom::u64()? >> 11;
    match known.expected {
        Expected::Rejected { .. } => {
            // The claim that failed in the check is the likeliest to fail again.
            let first = checked.first_failure().map(|failure| &failure.test);
            let rejected = is_rejected(&submission, first, seed..seed + SEEDS)?;
            Ok((!rejected).then(|| {
                "is wrong, but right on all random cases: a claim needs cases that show it"
                    .to_owned()
            }))
        }
        Expected::Accepted => {
            let exam = examine(&submission, seed)?;
            Ok((!exam.has_passed()).then(|| {
                format!("is right, but fails when it is graded with seed {seed}: {exam:?}")
            }))
        }
    }
}

/// What submissions are built and run with.
struct Means {
    sandbox: Sandbox,
    toolchain: Toolchain,
}

impl Means {
    /// Where the system has no sandbox, the known submissions run without: they are the course's own code.
    fn find() -> Result<Self> {
        let helper = helper()?;
        let sandbox =
            Sandbox::probe(&helper).unwrap_or_else(|_| Sandbox::without_isolation(&helper));
        Ok(Self { sandbox, toolchain: Toolchain::at(&sysroot()?) })
    }

    /// The environment in which a lesson is verified.
    fn prepare(&self, course: &Course, lesson: &Lesson) -> Result<GradingEnv<'_>> {
        let folder = course.root().join("target/many-hands/verify");
        GradingEnv::prepare(lesson, &self.sandbox, &self.toolchain, &folder)
    }
}
