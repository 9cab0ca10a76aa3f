//! The Python that the peers run in: a virtual environment of the course's own, under `target/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use xtask_core::course::{Course, Lesson};
use xtask_core::files::read_text;
use xtask_core::process::{self, Limits, Termination};
use xtask_core::ui::Working;

/// The versions of Python 3 for which all packages come compiled.
const VERSIONS: std::ops::RangeInclusive<u32> = 10..=14;

/// Where it lies in the course.
const FOLDER: &str = "target/many-hands/python";

/// A copy of the requirements in the environment's folder, written when all of them are installed.
const INSTALLED: &str = "many-hands-installed.txt";

/// The interpreter of the course's environment, which is made first if `setup` asks for it.
///
/// # Errors
///
/// The environment is not there, or cannot be made; the message says what is missing and the next step.
pub fn interpreter(course: &Course, lesson: &Lesson, setup: bool) -> Result<PathBuf> {
    let folder = course.root().join(FOLDER);
    let requirements = requirements(course)?;
    let python = python(&folder);
    let is_ready = is_ready(course)?;
    if setup && !is_ready {
        let next = format!("`cargo xtask peers {} --setup`", lesson.number());
        make(&folder, &python, &requirements, &next)?;
        fs::write(folder.join(INSTALLED), &requirements)
            .with_context(|| format!("`{}` cannot be written", folder.display()))?;
    } else if !is_ready {
        let state = match folder.join(INSTALLED).exists() {
            false => "are not installed",
            true => "are not those that this version of the course needs, or no longer run",
        };
        bail!(
            "the Python packages to compare with {state}: `cargo xtask peers {} --setup` installs them \
             (numpy, numba, scipy; some 400 MB) in a folder under target/",
            lesson.number()
        );
    }
    Ok(python)
}

/// Whether the environment is there, with all packages that this version of the course needs.
pub fn is_ready(course: &Course) -> Result<bool> {
    let folder = course.root().join(FOLDER);
    let installed = fs::read_to_string(folder.join(INSTALLED)).ok();
    Ok(installed == Some(requirements(course)?) && version(&python(&folder)).is_some())
}

fn python(folder: &Path) -> PathBuf {
    folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

fn requirements(course: &Course) -> Result<String> {
    read_text(&course.root().join("xtask/peers/requirements.txt"))
}

/// Makes the environment anew, whatever an interrupted attempt has left there.
fn make(folder: &Path, python: &Path, requirements: &str, next: &str) -> Result<()> {
    let working = Working::start("setting up Python");
    working.now("looking for it");
    let system = on_the_path(next)?;
    let (has_venv, _) = run_for_words(Command::new(system).args(["-c", "import ensurepip, venv"]))?;
    ensure!(
        has_venv,
        "`{system}` lacks the module `venv`: install it (Debian, Ubuntu: `sudo apt install python3-venv`), then try {next} again"
    );
    working.now("making a virtual environment");
    let mut venv = Command::new(system);
    venv.args(["-m", "venv"]);
    // What a link leads to belongs to another owner, and is added to only.
    if !folder.is_symlink() {
        venv.arg("--clear");
    }
    let (made, said) = run_for_words(venv.arg(folder))?;
    ensure!(made, "`{system} -m venv` did not work; it said:\n{}", said.trim_end());
    let packages = packages(requirements);
    for (number, (name, pins)) in packages.iter().enumerate() {
        working.now(&format!("installing {name} ({} of {})", number + 1, packages.len()));
        install(python, pins)
            .with_context(|| format!("`{name}` cannot be installed; {next} may be repeated"))?;
    }
    Ok(())
}

/// The packages in their order, each with its lines: `pip` takes that which fits the version of Python.
fn packages(requirements: &str) -> Vec<(&str, Vec<&str>)> {
    let mut packages: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in requirements.lines().filter(|line| !line.starts_with('#')) {
        let Some((name, _)) = line.split_once("==") else {
            continue;
        };
        match packages.iter_mut().find(|(of, _)| *of == name) {
            Some((_, pins)) => pins.push(line),
            None => packages.push((name, vec![line])),
        }
    }
    packages
}

fn install(python: &Path, pins: &[&str]) -> Result<()> {
    let mut pip = Command::new(python);
    pip.args(["-I", "-m", "pip", "install", "--no-deps", "--no-input"])
        // Compiling one of them here would take an hour and a Fortran compiler.
        .args(["--only-binary", ":all:"])
        .args(["--quiet", "--disable-pip-version-check"])
        .args(pins);
    let (done, said) = run_for_words(&mut pip)?;
    if done {
        return Ok(());
    }
    let lost = ["ConnectionError", "NewConnectionError", "Temporary failure", "timed out"];
    if lost.iter().any(|words| said.contains(words)) {
        bail!("the network does not answer");
    }
    let errors: Vec<&str> = said.lines().filter(|line| line.contains("ERROR")).collect();
    bail!("pip said:\n{}", errors.join("\n"))
}

/// What Python is called, the likeliest first.
const CANDIDATES: [&str; 7] =
    ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];

/// What the Python of this machine is called that will do; `next` is what to try once it is there.
///
/// # Errors
///
/// There is none; the message says which would do.
pub fn on_the_path(next: &str) -> Result<&'static str> {
    let found = CANDIDATES.map(|name| (name, version(Path::new(name))));
    of_the_system(&found, next)
}

/// The first of these that will do; each comes with its version, if it runs.
fn of_the_system<'a>(found: &[(&'a str, Option<(u32, u32)>)], next: &str) -> Result<&'a str> {
    let range = format!("3.{} to 3.{}", VERSIONS.start(), VERSIONS.end());
    let will_do = |version: &(u32, u32)| version.0 == 3 && VERSIONS.contains(&version.1);
    if let Some((name, _)) = found.iter().find(|(_, version)| version.as_ref().is_some_and(will_do))
    {
        return Ok(name);
    }
    match found.iter().find_map(|(name, version)| Some((name, (*version)?))) {
        Some((name, (major, minor))) => bail!(
            "`{name}` is Python {major}.{minor}, and the packages need one of {range}: \
             install one beside it (https://www.python.org/downloads), then try {next} again"
        ),
        None => bail!(
            "there is no Python on the PATH: install one of {range} (https://www.python.org/downloads), then try {next} again"
        ),
    }
}

/// The version of an interpreter; `None` if it does not run.
fn version(python: &Path) -> Option<(u32, u32)> {
    let mut command = Command::new(python);
    command.args(["-I", "-c", "import sys; print(*sys.version_info[:2])"]);
    let ran = process::run(&mut command, Limits::NONE, |_| ()).ok()?;
    let (major, minor) = ran.stdout.trim().split_once(' ')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// Whether a program did what it was to do, and what it said on standard error.
fn run_for_words(command: &mut Command) -> Result<(bool, String)> {
    let ran = process::run(command, Limits::NONE, |_| ())?;
    Ok((ran.termination == Termination::Exit(0), ran.stderr))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(found: &[(&'static str, Option<(u32, u32)>)]) -> String {
        match of_the_system(found, "`cargo xtask peers 02 --setup`") {
            Ok(name) => name.to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn the_first_python_that_will_do_is_taken() {
        let found =
            [("python3", Some((3, 9))), ("python3.13", None), ("python3.12", Some((3, 12)))];
        assert_eq!(choose(&found), "python3.12");
    }

    #[test]
    fn without_a_python_that_will_do_the_next_step_is_said() {
        insta::assert_snapshot!(choose(&[("python3", None), ("python", None)]), @"there is no Python on the PATH: install one of 3.10 to 3.14 (https://www.python.org/downloads), then try `cargo xtask peers 02 --setup` again");
        insta::assert_snapshot!(choose(&[("python3", Some((3, 9))), ("python", Some((2, 7)))]), @"`python3` is Python 3.9, and the packages need one of 3.10 to 3.14: install one beside it (https://www.python.org/downloads), then try `cargo xtask peers 02 --setup` again");
    }

    #[test]
    fn each_package_is_pinned_and_comes_after_what_it_needs() {
        let packages = packages(include_str!("../../../peers/requirements.txt"));
        let names: Vec<_> = packages.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["numpy", "llvmlite", "numba", "scipy"]);
        assert_eq!(
            packages[0].1,
            [
                r#"numpy==2.4.6; python_version >= "3.11""#,
                r#"numpy==2.2.6; python_version < "3.11""#
            ]
        );
    }
}
