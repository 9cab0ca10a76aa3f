//! The libraries that a lesson's code is linked with: cargo builds them once, and rustc gets them for every submission.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
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
        let metadata =
            serde_json::from_str(&metadata).context("cargo's metadata has another form")?;
        let needs = Dependencies::of(metadata, &lesson.exercise().join("Cargo.toml"))?;
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

/// The fields of cargo's metadata that are used.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    manifest_path: PathBuf,
    edition: String,
    metadata: Option<PackageMetadata>,
}

#[derive(Deserialize)]
struct PackageMetadata {
    #[serde(rename = "many-hands")]
    many_hands: Option<ManyHands>,
}

#[derive(Deserialize)]
struct ManyHands {
    #[serde(default)]
    processes: bool,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

/// A dependency on another package, as one or more kinds.
#[derive(Deserialize)]
struct Edge {
    name: String,
    pkg: String,
    dep_kinds: Vec<EdgeKind>,
}

#[derive(Deserialize)]
struct EdgeKind {
    /// `dev`, `build`, or `None` for an ordinary dependency.
    kind: Option<String>,
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
    fn of(metadata: Metadata, manifest: &Path) -> Result<Self> {
        let mut packages = metadata.packages.into_iter();
        let package = packages
            .find(|package| package.manifest_path == manifest)
            .with_context(|| format!("cargo does not know `{}`", manifest.display()))?;
        let nodes = metadata.resolve.nodes.into_iter();
        let edges: BTreeMap<String, Vec<Edge>> = nodes.map(|node| (node.id, node.deps)).collect();
        let of = |package: &str, kinds: &[Option<&str>]| -> Vec<(String, String)> {
            let wanted = edges.get(package).into_iter().flatten().filter(|edge| {
                edge.dep_kinds.iter().any(|kind| kinds.contains(&kind.kind.as_deref()))
            });
            wanted.map(|edge| (edge.name.clone(), edge.pkg.clone())).collect()
        };
        let of_checks = of(&package.id, &[None, Some("dev")]);
        let mut all = BTreeSet::new();
        let mut open: Vec<_> = of_checks.iter().map(|(_, package)| package.clone()).collect();
        while let Some(package) = open.pop() {
            if !all.contains(&package) {
                open.extend(of(&package, &[None]).into_iter().map(|(_, needed)| needed));
                all.insert(package);
            }
        }
        let many_hands = package.metadata.and_then(|metadata| metadata.many_hands);
        Ok(Self {
            of_code: of(&package.id, &[None]),
            edition: package.edition,
            starts_processes: many_hands.is_some_and(|many_hands| many_hands.processes),
            of_checks,
            all,
        })
    }
}

/// The fields that are used of a `compiler-artifact`, the only message of `cargo test` that has them all.
#[derive(Deserialize)]
struct Artifact {
    package_id: String,
    target: Target,
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

/// The files of the libraries that cargo built, by package id.
#[derive(Debug)]
struct Artifacts(BTreeMap<String, Vec<PathBuf>>);

impl Artifacts {
    fn parse(messages: &str) -> Self {
        let mut built: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        for line in messages.lines() {
            if let Ok(Artifact { package_id, target, filenames }) = serde_json::from_str(line)
                && target.kind.iter().any(|kind| ["lib", "rlib", "proc-macro"].contains(&&**kind))
            {
                built.entry(package_id).or_default().extend(filenames);
            }
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn metadata() -> Metadata {
        let node = |id: &str, deps: Value| json!({ "id": id, "deps": deps });
        let edge = |name: &str, pkg: &str, kind: Value| json!({ "name": name, "pkg": pkg, "dep_kinds": [{ "kind": kind }] });
        let metadata = json!({
            "packages": [{ "id": "ex", "manifest_path": "/c/ex/Cargo.toml", "edition": "2024" }],
            "resolve": { "nodes": [
                node("ex", json!([edge("rayon", "rayon#1", Value::Null), edge("lesson", "l#1", json!("dev"))])),
                node("rayon#1", json!([edge("either", "either#1", Value::Null), edge("cc", "cc#1", json!("build"))])),
                node("l#1", json!([edge("rayon", "rayon#1", Value::Null), edge("insta", "insta#1", json!("dev"))])),
                node("either#1", json!([])),
            ] },
        });
        serde_json::from_value(metadata).unwrap()
    }

    #[test]
    fn code_may_name_what_it_depends_on_and_checks_may_name_more() {
        let needs = Dependencies::of(metadata(), Path::new("/c/ex/Cargo.toml")).unwrap();
        let named = |name: &str, package: &str| (name.to_owned(), package.to_owned());
        assert_eq!(needs.of_code, [named("rayon", "rayon#1")]);
        assert_eq!(needs.of_checks, [named("rayon", "rayon#1"), named("lesson", "l#1")]);
        let all: Vec<_> = needs.all.iter().collect();
        assert_eq!(all, ["either#1", "l#1", "rayon#1"]);
    }

    #[test]
    fn a_package_that_cargo_does_not_know_is_named() {
        let error = Dependencies::of(metadata(), Path::new("/other/Cargo.toml")).unwrap_err();
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
