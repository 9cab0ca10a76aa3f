//! `peers`: the lesson's job in Python, beside the Rust, in interleaved rounds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{Answer, CHOICE, Verb, check, chosen};
use crate::checks;
use crate::cli::Call;
use crate::course::{Course, Lesson};
use crate::process::{self, Conversation, Ending, Limits};
use crate::report::{self, Working, json::SCHEMA};
use crate::subject::Subject;

mod table;

use table::{Arm, Language, table};

pub const VERB: Verb = Verb {
    name: "peers",
    about: "the model beside Python, numpy and numba",
    lesson: Some(CHOICE),
    more: None,
    flags: &[
        (
            "setup",
            "install the Python packages first, in a folder under target/",
        ),
        ("quick", "3 rounds instead of 9"),
        ("json", "print one JSON document, for programs"),
    ],
    run,
};

/// A run of plain Python, and the compiling of numba, take seconds.
const PATIENCE: Duration = Duration::from_secs(300);

/// The largest relative difference of two answers that are the same but for rounding.
const ROUNDING: f64 = 1e-9;

fn run(call: &Call) -> Result<Answer> {
    let course = Course::here()?;
    let lesson = chosen(&course, call)?;
    let script = lesson.folder().join("peers.py");
    ensure!(
        script.is_file(),
        "lesson {} has no Python peers; `lessons/*/peers.py` are those there are",
        lesson.number()
    );
    let python = python(&course, call.has("setup"), lesson)?;

    let working = Working::on("peers");
    let mut rust = serve_model(&course, lesson, &working)?;
    let mut peers = Conversation::with(
        Command::new(python)
            .arg(course.root().join("xtask/peers/serve.py"))
            .arg(&script),
        "Python",
    )?;
    let listed = rust.ask(&json!({ "list": true }), PATIENCE)?;
    let comparable = listed["workloads"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate();
    let mut jobs = Vec::new();
    for (index, workload) in comparable.filter(|(_, workload)| !workload["digest"].is_null()) {
        let mut arms = arms(index, workload, &mut peers, &working)?;
        race(
            &mut arms,
            if call.has("quick") { 3 } else { 9 },
            &mut rust,
            &mut peers,
            &working,
        )?;
        jobs.push((workload["name"].as_str().unwrap_or_default(), arms));
    }
    drop(working);

    let documents = jobs
        .iter()
        .map(|(name, arms)| json!({ "workload": name, "arms": arms.iter().map(Arm::to_json).collect::<Vec<_>>() }));
    let document =
        json!({ "schema": SCHEMA, "lesson": lesson.name(), "jobs": documents.collect::<Vec<_>>() });
    let kept = course
        .root()
        .join(format!("target/many-hands/peers-{}.json", lesson.number()));
    fs::write(&kept, format!("{document:#}\n"))
        .with_context(|| format!("`{}` cannot be written", kept.display()))?;
    if call.has("json") {
        report::print(&format!("{document:#}\n"));
    } else {
        for (name, arms) in &jobs {
            report::print(&format!(
                "{}\n\n{}\n",
                report::styled(report::BOLD, name),
                table(arms)
            ));
        }
        report::print(&format!("kept in {}\n", lesson.shown(&kept)));
    }
    Ok(Answer::Passed)
}

/// Times every arm in every round, in an order of its own, so that a busy minute is shared by all.
fn race(
    arms: &mut [Arm],
    rounds: usize,
    rust: &mut Conversation,
    peers: &mut Conversation,
    working: &Working,
) -> Result<()> {
    for round in 1..=rounds {
        let mut order: Vec<usize> = (0..arms.len()).collect();
        fastrand::shuffle(&mut order);
        for index in order {
            let arm = &mut arms[index];
            working.now(&format!(
                "round {round} of {rounds}, {} on {}",
                arm.name, arm.threads
            ));
            let other_side = if arm.language == Language::Rust {
                &mut *rust
            } else {
                &mut *peers
            };
            let answer = other_side.ask(&arm.request, PATIENCE)?;
            arm.seconds.push(
                answer["seconds"]
                    .as_f64()
                    .context("an answer without seconds")?,
            );
        }
    }
    Ok(())
}

/// The model solution's speed test, serving; built for this machine's CPU, as numba builds what it compiles.
fn serve_model(course: &Course, lesson: &Lesson, working: &Working) -> Result<Conversation> {
    let mut package = Subject::Solution.package(lesson);
    package.cargo = vec![
        ("RUSTFLAGS", "-C target-cpu=native".into()),
        (
            "CARGO_TARGET_DIR",
            course.root().join("target/many-hands/native").into(),
        ),
    ];
    checks::serve(
        &check::released(&package, lesson, |step| working.now(step))?,
        "the model",
    )
}

/// Every arm on one thread and on all, after a first run of each, whose answers must agree.
fn arms(
    index: usize,
    workload: &Value,
    peers: &mut Conversation,
    working: &Working,
) -> Result<Vec<Arm>> {
    let items = workload["items"]
        .as_u64()
        .context("a workload without items")?;
    let expected = workload["digest"]
        .as_f64()
        .context("the workload has no digest to compare answers by")?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut counts = vec![1, cores];
    counts.dedup();

    let of_rust = |name: &str, arm: &str, threads| Arm {
        language: Language::Rust,
        name: name.to_owned(),
        threads,
        request: json!({ "workload": index, "arm": arm, "threads": threads }),
        seconds: Vec::new(),
    };
    let mut arms = vec![of_rust("the serial baseline", "serial", 1)];
    for &threads in &counts {
        arms.push(of_rust("the model", "subject", threads));
    }
    for &threads in &counts {
        working.now("first runs in Python");
        let answer = peers.ask(
            &json!({ "list": true, "workload": index, "items": items, "threads": threads }),
            PATIENCE,
        )?;
        for (name, digest) in answer["arms"].as_object().into_iter().flatten() {
            let digest = digest.as_f64().unwrap_or(f64::NAN);
            let agrees = (digest - expected).abs() <= ROUNDING * expected.abs();
            ensure!(
                agrees,
                "{name} gives {digest} where the Rust baseline gives {expected}"
            );
            arms.push(Arm {
                language: Language::Python,
                name: name.clone(),
                threads,
                request: json!({ "arm": name, "workload": index, "items": items, "threads": threads }),
                seconds: Vec::new(),
            });
        }
    }
    Ok(arms)
}

/// The interpreter of the course's own virtual environment, made first if asked for.
fn python(course: &Course, setup: bool, lesson: &Lesson) -> Result<PathBuf> {
    let folder = course.root().join("target/many-hands/python");
    let interpreter = if cfg!(windows) {
        folder.join("Scripts/python.exe")
    } else {
        folder.join("bin/python")
    };
    if setup {
        let system = if cfg!(windows) { "python" } else { "python3" };
        let _working = Working::on("installing numpy, numba and scipy");
        succeed(Command::new(system).args(["-m", "venv"]).arg(&folder)).with_context(|| {
            format!("`{system} -m venv` did not work; is Python 3.10 to 3.13 installed, with venv?")
        })?;
        let requirements = course.root().join("xtask/peers/requirements.txt");
        succeed(
            Command::new(&interpreter)
                .args(["-m", "pip", "install", "--quiet", "-r"])
                .arg(requirements),
        )?;
    }
    let ready = folder.join("pyvenv.cfg").is_file() && has_numba(&interpreter);
    ensure!(
        ready,
        "the Python packages to compare with are not installed: `cargo xtask peers {} --setup` installs them \
         (numpy, numba, scipy; some 400 MB) in a folder under target/",
        lesson.number()
    );
    Ok(interpreter)
}

fn has_numba(interpreter: &Path) -> bool {
    succeed(Command::new(interpreter).args(["-c", "import numba, numpy, scipy"])).is_ok()
}

fn succeed(command: &mut Command) -> Result<()> {
    let ran = process::run(command, Limits::NONE, |_| ())?;
    ensure!(ran.ending == Ending::Exit(0), "{}", ran.stderr.trim_end());
    Ok(())
}
