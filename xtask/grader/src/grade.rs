//! `cargo xtask grade`.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use anyhow::{Context, Result, bail, ensure};
use measure::protocol::request::{Grade, Merge};
use xtask_core::course::{Course, Lesson};
use xtask_core::exit::Exit;
use xtask_core::process::{self, InterruptGuard, Limits};
use xtask_core::ui::{self, Working};

use crate::at_once;
use crate::batch::{Batch, Task};
use crate::course_fingerprint;
use crate::export;
use crate::grading_env::GradingEnv;
use crate::intake::plan::Lessons;
use crate::intake::{Class, SourceFile};
use crate::journal;
use crate::merge::{self, Part};
use crate::record::{Outcome, Record};
use crate::results::Results;
use crate::sandbox::{Sandbox, Toolchain};
use crate::shard::Shard;
use crate::similarity;
use crate::submission::grade_canaries;
use crate::table::{json, screen};

/// So many submissions at a time, since one that hangs only waits.
const JOBS_A_CORE: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// Grades a class.
///
/// # Errors
///
/// The class cannot be read, the system does not confine, or a canary has the wrong verdict.
pub fn run(request: &Grade) -> Result<Exit> {
    let course = Course::here()?;
    let out = match &request.out {
        Some(out) => PathBuf::from(out),
        None => beside(Path::new(&request.class))?,
    };
    let shard = request.shard.as_deref().map(str::parse).transpose()?;
    let sandbox = sandbox(request.unconfined)?;
    let known: Vec<&str> = course.lessons().iter().map(Lesson::name).collect();
    let lessons = Lessons { known: &known, only: request.lesson.as_deref() };
    let class = Class::open(Path::new(&request.class), lessons)?;
    let Found { tasks, records, notes } = find_tasks(request, shard, &class, lessons)?;

    fs::create_dir_all(&out).with_context(|| format!("`{}` cannot be made", out.display()))?;
    let toolchain = Toolchain::at(&sysroot()?);
    let working = Working::start("preparing to grade");
    let folder = course.root().join("target/many-hands/grade");
    let needed: BTreeSet<&str> = tasks.iter().map(|task| &*task.planned.lesson).collect();
    let jobs = request.jobs.unwrap_or(at_once::cores().saturating_mul(JOBS_A_CORE));
    let envs = at_once::map(needed, jobs.get(), |name, _| {
        working.now(&format!("lesson {name}"));
        let lesson = course.lesson(name)?;
        let env = GradingEnv::prepare(lesson, &sandbox, &toolchain, &folder)?;
        grade_canaries(&env, getrandom::u64()?)?;
        Ok((name.to_owned(), env))
    })?;
    let envs: BTreeMap<_, _> = envs.into_iter().collect();
    drop(working);

    let mut results = Results {
        course: course_fingerprint::fingerprint(&course)?,
        shard,
        confinement: sandbox.describe(),
        notes,
        models: models(&envs)?,
        records,
    };
    let (journal, prior) = journal::open(&out.join("journal.jsonl"))?;
    let batch = Batch {
        class: &class,
        envs: &envs,
        course: &results.course,
        prior: (!request.again && request.seed.is_none()).then_some(&prior),
        seed: request.seed,
        journal: Mutex::new(journal),
    };
    let guard = InterruptGuard::start();
    let working = Working::start("grading");
    let all = tasks.len();
    let graded = batch.grade(tasks, jobs, &working, &guard)?;
    drop(working);
    let left = all - graded.len();
    results.records.extend(graded);
    results.sort();
    export::write(&results, &out, &request.class)?;
    show(&results, request.json, &out)?;
    if guard.is_interrupted() {
        ui::note(&format!(
            "interrupted; {left} of {all} are left, and the same command goes on with them"
        ));
        return Ok(Exit::Interrupted);
    }
    Ok(results.records.iter().all(|record| record.outcome != Outcome::NotGraded).into())
}

/// `cargo xtask merge`: joins what several machines have graded.
///
/// # Errors
///
/// A folder holds no results, or they do not belong together.
pub fn merge(request: &Merge) -> Result<Exit> {
    let parts = request.parts.iter().map(|name| {
        let document = Path::new(name).join(export::DOCUMENT);
        let text = fs::read_to_string(&document).with_context(|| {
            format!("`{}` cannot be read; name folders that `grade` wrote", document.display())
        })?;
        let results = json::parse(&text).with_context(|| format!("`{}`", document.display()))?;
        Ok(Part { name: name.clone(), results })
    });
    let mut merged = merge::merge(parts.collect::<Result<_>>()?)?;
    let out = Path::new(request.out.as_deref().unwrap_or("graded"));
    merged.results.sort();
    export::write(&merged.results, out, "CLASS")?;
    show(&merged.results, request.json, out)?;
    Ok(merged.faults.is_empty().into())
}

fn show(results: &Results, as_json: bool, out: &Path) -> Result<()> {
    if as_json {
        ui::print(&json::document(results)?);
        return Ok(());
    }
    ui::print(&screen::screen(results, ui::width()));
    ui::print(&format!(
        "\nThe tables, a page for each student (`feedback`) and one for you (`instructor`) lie in {}\n",
        out.display()
    ));
    Ok(())
}

/// The token fingerprint of each lesson's model, which some students hand in.
fn models(envs: &BTreeMap<String, GradingEnv>) -> Result<BTreeMap<String, String>> {
    let fingerprint = |env: &GradingEnv| {
        similarity::token_fingerprint(&[SourceFile::root(env.model()?)])
            .context("the model is not Rust")
    };
    let models = envs.iter().map(|(name, env)| Ok((name.clone(), fingerprint(env)?)));
    models.collect()
}

/// What the request asks to grade, and the records of what cannot be graded.
fn find_tasks(
    request: &Grade,
    shard: Option<Shard>,
    class: &Class,
    lessons: Lessons,
) -> Result<Found> {
    let left_out = class.left_out.iter();
    let notes = left_out.map(|file| format!("`{file}` is not a student's folder and was left out"));
    let mut found = Found { tasks: Vec::new(), records: Vec::new(), notes: notes.collect() };
    let students = class.students.iter().filter(|student| {
        let is_named = request.student.as_ref().is_none_or(|name| *name == student.name);
        is_named && shard.is_none_or(|shard| shard.contains(&student.name))
    });
    let mut students = students.peekable();
    if let (None, Some(name)) = (students.peek(), &request.student) {
        bail!("there is no student `{name}` in `{}`", request.class);
    }
    for student in students {
        match class.plan(student, lessons) {
            Ok(plan) => {
                let unknown = plan.unknown.iter();
                let name = &student.name;
                found.notes.extend(unknown.map(|folder| {
                    format!(
                        "{name}: `{folder}` is named like a lesson, which this course does not have"
                    )
                }));
                let task = |planned| Task { student: student.clone(), planned };
                found.tasks.extend(plan.submissions.into_iter().map(task));
            }
            Err(refusal) => found.records.push(student.refusal_record(lessons.only, &refusal)),
        }
    }
    Ok(found)
}

/// What a class holds.
struct Found {
    tasks: Vec<Task>,
    /// Of what cannot be graded.
    records: Vec<Record>,
    /// What the instructor should know besides.
    notes: Vec<String>,
}

/// `class-graded` beside `class`.
fn beside(class: &Path) -> Result<PathBuf> {
    let class =
        class.canonicalize().with_context(|| format!("`{}` cannot be read", class.display()))?;
    let mut name = class.file_name().context("`/` is not a class")?.to_owned();
    name.push("-graded");
    Ok(class.with_file_name(name))
}

fn sandbox(unconfined: bool) -> Result<Sandbox> {
    let helper = helper()?;
    if unconfined {
        return Ok(Sandbox::without_isolation(&helper));
    }
    Sandbox::probe(&helper).map_err(|missing| {
        anyhow::anyhow!(
            "{missing}\n\nNothing was graded. With `--unconfined` submissions are run all the same, with all your rights, \
             and the report says so"
        )
    })
}

/// This program, which is also the last step into the sandbox.
///
/// # Errors
///
/// The system does not say where it lies.
pub fn helper() -> Result<PathBuf> {
    env::current_exe().context("this program's own file is not known")
}

/// Where the toolchain lies that this course is built with.
///
/// # Errors
///
/// Rustc does not say.
pub fn sysroot() -> Result<PathBuf> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(rustc);
    let ran = process::run(command.args(["--print", "sysroot"]), Limits::NONE, |_| ())?;
    ensure!(!ran.stdout.trim().is_empty(), "`rustc --print sysroot` says nothing: {}", ran.stderr);
    Ok(PathBuf::from(ran.stdout.trim()))
}
