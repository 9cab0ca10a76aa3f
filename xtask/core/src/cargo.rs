//! Builds a lesson's checks, parsing cargo's JSON messages, and runs the packages of the course.

use std::collections::BTreeSet;
use std::env;
use std::path::{self, Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use measure::protocol::{CargoMessage, from_text};

use crate::content;
use crate::course::Course;
use crate::process::{self, Limits, Output, Termination};
use crate::variant::Package;

mod stale;

/// What came of a build.
#[derive(Debug)]
pub enum Build {
    Ready {
        /// The test binary.
        checks: PathBuf,
        /// Warnings about the subject's own code, in rustc's words.
        warnings: Vec<String>,
    },
    /// The subject's code is wrong: rustc's own words, first errors first.
    Broken { errors: Vec<String> },
}

/// Builds the checks of one package, and calls `now` with each step.
///
/// # Errors
///
/// Cargo cannot be started, or fails for a reason that is not in the subject's code; the message holds cargo's words
/// and the next step.
pub fn build(package: &Package, mut now: impl FnMut(&str) + Send) -> Result<Build> {
    let content = content::fingerprint(&package.folder);
    let mut output = run_cargo_test(package, &mut now)?;
    let stale = stale::stale_packages(&output, content);
    if !stale.is_empty() {
        forget(package, &stale)?;
        output = run_cargo_test(package, &mut now)?;
    }
    let build = parse_build(&output)?;
    if let Build::Ready { checks, .. } = &build {
        stale::record_fingerprint(checks, content);
    }
    Ok(build)
}

fn run_cargo_test(package: &Package, mut now: impl FnMut(&str) + Send) -> Result<Output> {
    let mut command = cargo_for(package, "test");
    command.args([
        "--no-run",
        "--test",
        "check",
        "--message-format",
        "json-diagnostic-rendered-ansi",
    ]);
    let each_line = |line: &str| now(&line_of_progress(line));
    if package.release {
        process::run(&mut command, Limits::NONE, each_line)
    } else {
        // An incremental build is not to be interrupted; it is short, too.
        process::run_through(&mut command, each_line)
    }
}

/// Has cargo forget what it built of some packages for this one.
fn forget(package: &Package, ids: &BTreeSet<String>) -> Result<()> {
    let mut command = cargo_for(package, "clean");
    for id in ids {
        command.args(["--package", id]);
    }
    let cleaned = process::run_through(&mut command, |_| ())?;
    ensure!(
        cleaned.termination == Termination::Exit(0),
        "what was built cannot be trusted, and cargo does not forget it; `cargo clean` may:\n{}",
        last_words(&cleaned)
    );
    Ok(())
}

fn cargo_for(package: &Package, verb: &str) -> Command {
    let mut command = cargo_itself();
    command
        .args([verb, "--manifest-path"])
        .arg(package.manifest())
        .current_dir(&package.folder)
        .envs(package.cargo.iter().map(|(name, value)| (name, value)));
    if package.release {
        command.arg("--release");
    }
    command
}

/// A program of the workspace in `xtask/tools`, built when it is first used.
#[derive(Debug)]
pub struct Program(PathBuf);

impl Program {
    pub fn command(&self) -> Command {
        Command::new(&self.0)
    }
}

/// Builds a package of the workspace in `xtask/tools` that holds a program.
///
/// # Errors
///
/// It cannot be built; the message holds cargo's words and the next step.
pub fn build_program(
    course: &Course,
    package: &str,
    mut now: impl FnMut(&str) + Send,
) -> Result<Program> {
    let mut command = cargo_itself();
    command
        .args(["build", "--package", package, "--message-format", "json"])
        .current_dir(course.tools());
    let output = process::run(&mut command, Limits::NONE, |line| now(&line_of_progress(line)))?;
    let program = messages(&output).find_map(|message| message.executable).map(PathBuf::from);
    match (program, remedy(&output.stderr)) {
        (Some(program), _) if output.termination == Termination::Exit(0) => Ok(Program(program)),
        (_, Some(remedy)) => bail!("{remedy}"),
        _ => bail!("the package `{package}` cannot be built; cargo said:\n{}", last_words(&output)),
    }
}

/// Builds a package of the workspace in `xtask/tools`, runs it on one file, and returns what it printed.
///
/// # Errors
///
/// It cannot be built or run; the message holds its words and the next step.
pub fn run_package(
    course: &Course,
    package: &str,
    file: &Path,
    now: impl FnMut(&str) + Send,
) -> Result<String> {
    let mut command = build_program(course, package, now)?.command();
    let output = process::run(command.arg(file), Limits::NONE, |_| ())?;
    ensure!(
        output.termination == Termination::Exit(0),
        "the package `{package}` did not do it; it said:\n{}",
        last_words(&output)
    );
    Ok(output.stdout)
}

fn last_words(output: &Output) -> String {
    let lines: Vec<_> = output.stderr.lines().collect();
    lines[lines.len().saturating_sub(LAST_WORDS)..].join("\n")
}

/// Lines of a failed program that are shown.
const LAST_WORDS: usize = 10;

/// The cargo that started this program, else the one on the path.
pub fn cargo_itself() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Each cargo would take a relative path from the folder in which it is started.
    let target = env::var_os(TARGET_FOLDER).and_then(|folder| path::absolute(folder).ok());
    command.envs(target.map(|folder| (TARGET_FOLDER, folder)));
    command
}

/// Where cargo builds, if not in the course's `target`.
const TARGET_FOLDER: &str = "CARGO_TARGET_DIR";

/// A line of cargo's in words for a user who waits.
fn line_of_progress(line: &str) -> String {
    let line = line.trim();
    if line.starts_with("Blocking") {
        return "waiting for another cargo that uses the build folder (your editor?)".to_owned();
    }
    match line.strip_prefix("Compiling ").and_then(|rest| rest.split(' ').next()) {
        Some(name) => format!("compiling {name}"),
        None => String::new(),
    }
}

fn parse_build(output: &Output) -> Result<Build> {
    let (mut checks, mut finished) = (None, false);
    let (mut warnings, mut errors, mut accidents) = (Vec::new(), Vec::new(), Vec::new());
    for message in messages(output) {
        finished |= message.success == Some(true);
        if message.is_about("check") && message.executable.is_some() {
            checks = message.executable.map(PathBuf::from);
        }
        let Some(diagnostic) = message.message else { continue };
        let words = diagnostic.rendered.unwrap_or_default().trim_end().to_owned();
        match (diagnostic.level.as_str(), diagnostic.spans.is_empty()) {
            ("error", false) => errors.push(words),
            ("warning", false) => warnings.push(words),
            // The closing "aborting due to …" has no place either, but comes after errors that have.
            (level, _) if level.starts_with("error") => accidents.push(words),
            _ => {}
        }
    }
    if finished {
        let checks =
            checks.context("cargo built no test called `check`; is `tests/check.rs` there?")?;
        return Ok(Build::Ready { checks, warnings });
    }
    if !errors.is_empty() {
        return Ok(Build::Broken { errors });
    }
    let said = [output.stderr.as_str(), &accidents.join("\n")].concat();
    let words: Vec<_> =
        said.lines().filter(|line| !line.trim_start().starts_with("Compiling ")).collect();
    match remedy(&said) {
        Some(remedy) => bail!("{remedy}\n\ncargo said:\n{}", words.join("\n")),
        None => bail!("the checks cannot be built; cargo said:\n{}", words.join("\n")),
    }
}

/// The messages among what cargo printed.
fn messages(output: &Output) -> impl Iterator<Item = CargoMessage> {
    output.stdout.lines().filter_map(|line| from_text(line).ok())
}

/// What to do about a failure that is not in anybody's code.
fn remedy(said: &str) -> Option<&'static str> {
    const REMEDIES: &[(&[&str], &str)] = &[
        (
            &["requires rustc", "is not supported by the following package", "edition2024"],
            "this course needs a newer Rust: `rustup update stable`, then try again",
        ),
        (
            &["No space left on device", "not enough space on the disk"],
            "the disk is full: make room (`cargo clean` removes what was built, never your code), then try again",
        ),
        (
            &["Read-only file system", "Permission denied", "Access is denied"],
            "the build folder cannot be written: clone the course to a folder where you may write, \
             or set CARGO_TARGET_DIR to one",
        ),
        (
            &[
                "failed to download",
                "Could not resolve host",
                "Could not connect",
                "network failure",
                "--offline",
                "spurious network",
            ],
            "the crates are not on this machine yet and the network does not answer: \
             run `cargo fetch` once where there is a network, and once more in `xtask/tools`; after that none is needed",
        ),
        (
            &["failed to parse manifest", "failed to load manifest"],
            "a `Cargo.toml` cannot be read: `git diff -- '*Cargo.toml'` shows what changed",
        ),
    ];
    REMEDIES
        .iter()
        .find(|(signs, _)| signs.iter().any(|sign| said.contains(sign)))
        .map(|(_, remedy)| *remedy)
}

#[cfg(test)]
pub mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::process::Termination;

    pub fn output(messages: &[Value], stderr: &str) -> Output {
        let stdout = messages.iter().map(|message| format!("{message}\n")).collect();
        Output { termination: Termination::Exit(0), stdout, stderr: stderr.to_owned() }
    }

    fn diagnostic(level: &str, words: &str, spans: Value) -> Value {
        json!({ "reason": "compiler-message", "message": { "level": level, "message": "", "rendered": words, "spans": spans } })
    }

    const FINISHED: bool = true;
    fn build_finished(success: bool) -> Value {
        json!({ "reason": "build-finished", "success": success })
    }

    #[test]
    fn a_build_is_ready_or_broken_in_rustcs_words_and_an_error_without_a_place_is_an_accident() {
        let parse = |messages: &[Value]| match parse_build(&output(messages, "   Compiling a v1\n"))
        {
            Ok(build) => format!("{build:?}"),
            Err(error) => error.to_string(),
        };
        let place = || json!([{}]);
        let artifact = json!({ "reason": "compiler-artifact", "target": { "name": "check" }, "executable": "/t/check-1" });
        let ready = [diagnostic("warning", "unused", place()), artifact, build_finished(FINISHED)];
        let broken = [
            diagnostic("error", "first", place()),
            diagnostic("error", "second", place()),
            diagnostic("error", "aborting due to 2 previous errors", json!([])),
            build_finished(!FINISHED),
        ];
        let accident =
            [diagnostic("error", "linking with `cc` failed", json!([])), build_finished(!FINISHED)];
        insta::assert_snapshot!([parse(&ready), parse(&broken), parse(&accident)].join("\n"), @r#"
        Ready { checks: "/t/check-1", warnings: ["unused"] }
        Broken { errors: ["first", "second"] }
        the checks cannot be built; cargo said:
        linking with `cc` failed
        "#);
    }

    #[test]
    fn every_known_accident_has_a_next_step() {
        let first_words = |said: &str| {
            let words = parse_build(&output(&[], said)).unwrap_err().to_string();
            words.split(':').next().unwrap_or_default().to_owned()
        };
        let cases = [
            "error: package `a` cannot be built because it requires rustc 1.85 or newer, while the active one is 1.70",
            "error: rustc 1.70 is not supported by the following packages:",
            "error: failed to write `x`: No space left on device (os error 28)",
            "error: failed to open: x/.cargo-lock: Read-only file system (os error 30)",
            "error: failed to download from `x`: Could not resolve host",
            "error: failed to parse manifest at `x`",
        ];
        insta::assert_debug_snapshot!(cases.map(first_words), @r#"
        [
            "this course needs a newer Rust",
            "this course needs a newer Rust",
            "the disk is full",
            "the build folder cannot be written",
            "the crates are not on this machine yet and the network does not answer",
            "a `Cargo.toml` cannot be read",
        ]
        "#);
    }

    #[test]
    fn a_wait_for_the_editor_is_put_in_words() {
        let blocked = "    Blocking waiting for file lock on build directory\n";
        assert_eq!(
            line_of_progress(blocked),
            "waiting for another cargo that uses the build folder (your editor?)"
        );
        assert_eq!(line_of_progress("   Compiling rayon v1.12.0\n"), "compiling rayon");
    }
}
