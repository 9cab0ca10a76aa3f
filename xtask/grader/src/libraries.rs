//! The libraries that a lesson's code is linked with: cargo builds them once, and rustc gets them for every submission.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use xtask_core::cargo::cargo_itself;
use xtask_core::course::Lesson;
use xtask_core::process::{self, Limits, Termination};

/// The libraries of one lesson, in a folder that contains nothing else.
#[derive(Clone, Debug)]
pub struct Libraries {
    pub folder: PathBuf,
    /// The crate name of the exercise: `chunked_integration`.
    pub crate_name: String,
    pub edition: String,
    /// Whether submissions may start processes: `processes = true` under `[package.metadata.many-hands]` of the exercise.
    pub starts_processes: bool,
    /// The direct dependencies of a submission: crate names and file names.
    pub of_code: Vec<(String, String)>,
    /// The direct dependencies of the checks: crate names and file names.
    pub of_checks: Vec<(String, String)>,
}

impl Libraries {
    /// Builds the checks of the model solution, which needs the same libraries, and puts these into `folder`.
    ///
    /// # Errors
    ///
    /// Cargo cannot build them, or the folder cannot be written.
    pub fn build(lesson: &Lesson, folder: PathBuf) -> Result<Self> {
        let metadata = run_cargo(&["metadata", "--format-version", "1"], lesson)?;
        let metadata: Value =
            serde_json::from_str(&metadata).context("cargo's metadata is not JSON")?;
        let needs = Dependencies::of(&metadata, &lesson.exercise().join("Cargo.toml"))?;
        let build = ["test", "--no-run", "--test", "check", "--message-format", "json"];
        let built = Artifacts::parse(&run_cargo(&build, lesson)?);
        fs::create_dir_all(&folder)
            .with_context(|| format!("`{}` cannot be made", folder.display()))?;
        for package in &needs.all {
            for file in built.files(package) {
                let name = file.file_name().context("a library has a name")?;
                link_or_copy(file, &folder.join(name))?;
            }
        }
        let files = |crates: &[(String, String)]| -> Result<Vec<_>> {
            let files = crates.iter().map(|(name, package)| {
                let library = built.library(package).with_context(|| {
                    format!("the model of lesson {} does not use `{name}`", lesson.name())
                })?;
                Ok((name.clone(), library))
            });
            files.collect()
        };
        Ok(Self {
            crate_name: lesson.slug().replace('-', "_"),
            edition: needs.edition.clone(),
            starts_processes: needs.starts_processes,
            of_code: files(&needs.of_code)?,
            of_checks: files(&needs.of_checks)?,
            folder,
        })
    }
}

/// Runs cargo in the folder of the lesson's model, and returns its standard output.
fn run_cargo(arguments: &[&str], lesson: &Lesson) -> Result<String> {
    let mut command = cargo_itself();
    command.args(arguments).current_dir(lesson.solution());
    let ran = process::run(&mut command, Limits::NONE, |_| ())?;
    ensure!(
        ran.termination == Termination::Exit(0),
        "`cargo {}` does not work in `{}`:\n{}",
        arguments.join(" "),
        lesson.solution().display(),
        ran.stderr
    );
    Ok(ran.stdout)
}

/// Links a file to another name, or copies it where the system has no hard links.
fn link_or_copy(file: &Path, name: &Path) -> Result<()> {
    fs::hard_link(file, name)
        .or_else(|_| fs::copy(file, name).map(drop))
        .with_context(|| format!("`{}` cannot be written", name.display()))
}

/// The dependencies of a package, by cargo's package ids.
#[derive(Debug)]
struct Dependencies {
    edition: String,
    starts_processes: bool,
    of_code: Vec<(String, String)>,
    of_checks: Vec<(String, String)>,
    /// The dependencies of the checks, direct or not.
    all: BTreeSet<String>,
}

impl Dependencies {
    fn of(metadata: &Value, manifest: &Path) -> Result<Self> {
        let mut packages = list(&metadata["packages"]);
        let package = packages
            .find(|package| {
                package["manifest_path"].as_str().is_some_and(|path| Path::new(path) == manifest)
            })
            .with_context(|| format!("cargo does not know `{}`", manifest.display()))?;
        let edges: BTreeMap<&str, &Value> = list(&metadata["resolve"]["nodes"])
            .filter_map(|node| Some((node["id"].as_str()?, &node["deps"])))
            .collect();
        let of = |package: &str, kinds: &[Option<&str>]| -> Vec<(String, String)> {
            let edges = edges.get(package).copied().unwrap_or(&Value::Null);
            let wanted = list(edges).filter(|edge| {
                let mut kind = list(&edge["dep_kinds"]);
                kind.any(|kind| kinds.contains(&kind["kind"].as_str()))
            });
            let named = wanted.filter_map(|edge| {
                Some((edge["name"].as_str()?.into(), edge["pkg"].as_str()?.into()))
            });
            named.collect()
        };
        let Some(id) = package["id"].as_str() else {
            bail!("cargo's metadata have a package without an id");
        };
        let of_checks = of(id, &[None, Some("dev")]);
        let mut all = BTreeSet::new();
        let mut open: Vec<_> = of_checks.iter().map(|(_, package)| package.clone()).collect();
        while let Some(package) = open.pop() {
            open.extend(of(&package, &[None]).into_iter().map(|(_, needed)| needed));
            if !all.insert(package.clone()) {
                // It was there: what it needs is, too.
                open.retain(|package| !all.contains(package));
            }
        }
        Ok(Self {
            edition: package["edition"].as_str().unwrap_or("2024").to_owned(),
            starts_processes: package["metadata"]["many-hands"]["processes"] == true,
            of_code: of(id, &[None]),
            of_checks,
            all,
        })
    }
}

/// The files that cargo built, by package id.
#[derive(Debug)]
struct Artifacts(BTreeMap<String, Vec<PathBuf>>);

impl Artifacts {
    fn parse(messages: &str) -> Self {
        let mut built: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        let messages = messages.lines().filter_map(|line| serde_json::from_str(line).ok());
        for message in messages.filter(|message: &Value| {
            let mut kinds = list(&message["target"]["kind"]);
            message["reason"] == "compiler-artifact" && kinds.any(is_library)
        }) {
            let package = message["package_id"].as_str().unwrap_or_default();
            let files = list(&message["filenames"]).filter_map(|file| file.as_str());
            built.entry(package.to_owned()).or_default().extend(files.map(PathBuf::from));
        }
        Self(built)
    }

    fn files(&self, package: &str) -> &[PathBuf] {
        self.0.get(package).map_or(&[], Vec::as_slice)
    }

    /// The file name of what other code is linked with.
    fn library(&self, package: &str) -> Option<String> {
        let ending = |file: &&PathBuf| {
            let ending = file.extension().unwrap_or_default().to_string_lossy();
            format!(".{ending}") == std::env::consts::DLL_SUFFIX || ending == "rlib"
        };
        let file = self.files(package).iter().find(ending)?;
        Some(file.file_name()?.to_str()?.to_owned())
    }
}

fn is_library(kind: &Value) -> bool {
    ["lib", "rlib", "proc-macro"].iter().any(|library| kind == library)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn metadata() -> Value {
        let node = |id: &str, deps: Value| json!({ "id": id, "deps": deps });
        let edge = |name: &str, pkg: &str, kind: Value| json!({ "name": name, "pkg": pkg, "dep_kinds": [{ "kind": kind }] });
        json!({
            "packages": [{ "id": "ex", "manifest_path": "/c/ex/Cargo.toml", "edition": "2024" }],
            "resolve": { "nodes": [
                node("ex", json!([edge("rayon", "rayon#1", Value::Null), edge("lesson", "l#1", json!("dev"))])),
                node("rayon#1", json!([edge("either", "either#1", Value::Null), edge("cc", "cc#1", json!("build"))])),
                node("l#1", json!([edge("rayon", "rayon#1", Value::Null), edge("insta", "insta#1", json!("dev"))])),
                node("either#1", json!([])),
            ] },
        })
    }

    #[test]
    fn code_may_name_what_it_depends_on_and_checks_may_name_more() {
        let needs = Dependencies::of(&metadata(), Path::new("/c/ex/Cargo.toml")).unwrap();
        let named = |name: &str, package: &str| (name.to_owned(), package.to_owned());
        assert_eq!(needs.of_code, [named("rayon", "rayon#1")]);
        assert_eq!(needs.of_checks, [named("rayon", "rayon#1"), named("lesson", "l#1")]);
        let all: Vec<_> = needs.all.iter().collect();
        assert_eq!(all, ["either#1", "l#1", "rayon#1"]);
    }

    #[test]
    fn a_package_that_cargo_does_not_know_is_named() {
        let error = Dependencies::of(&metadata(), Path::new("/other/Cargo.toml")).unwrap_err();
        assert_eq!(error.to_string(), "cargo does not know `/other/Cargo.toml`");
    }

    #[test]
    fn a_library_is_what_other_code_is_linked_with() {
        let artifact = |kind: &str, files: Value| json!({ "reason": "compiler-artifact", "package_id": "r", "target": { "kind": [kind] }, "filenames": files });
        let messages = [
            artifact("custom-build", json!(["/t/build-script"])),
            artifact("lib", json!(["/t/libr-1.rlib", "/t/libr-1.rmeta"])),
        ];
        let built = Artifacts::parse(&messages.map(|message| message.to_string()).join("\n"));
        assert_eq!(built.library("r").as_deref(), Some("libr-1.rlib"));
        assert_eq!(built.files("r").len(), 2);
        assert_eq!(built.library("s"), None);
    }
}
