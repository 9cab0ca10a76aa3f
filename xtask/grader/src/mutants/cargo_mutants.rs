//! The mutants of cargo-mutants, a general mutation tester: it lists what it would try, and builds nothing.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use xtask_core::process::{self, Limits, Termination};
use xtask_core::skeleton;

use super::Mutant;
use super::change::Change;
use super::edit::{self, Edit};

/// How to install it. Another version may have other mutants, of which no list knows.
pub const INSTALL: &str = "cargo install cargo-mutants --version 26.2.0 --locked";

/// A mutant as `cargo mutants --list --json` describes it.
#[derive(Deserialize)]
struct Described {
    name: String,
    file: String,
    span: Span,
    replacement: String,
}

#[derive(Deserialize)]
struct Span {
    start: Position,
    end: Position,
}

/// Both are counted from 1 on, columns in characters.
#[derive(Deserialize)]
struct Position {
    line: usize,
    column: usize,
}

/// Whether it is installed.
pub fn is_installed() -> bool {
    let mut command = Command::new("cargo");
    command.args(["mutants", "--version"]);
    process::run(&mut command, Limits::NONE, |_| ())
        .is_ok_and(|ran| ran.termination == Termination::Exit(0))
}

/// The mutants that it makes of the model in a folder `solutions/NN-slug`; `model` is the text there.
///
/// # Errors
///
/// It cannot be run, or says something unknown.
pub fn list(solution: &Path, model: &str) -> Result<Vec<Mutant>> {
    let mut command = Command::new("cargo");
    command.args(["mutants", "--list", "--json", "--no-config", "--colors=never"]);
    let ran = process::run(command.current_dir(solution), Limits::NONE, |_| ())?;
    if ran.termination != Termination::Exit(0) {
        bail!("`cargo mutants --list` ended with {:?}: {}", ran.termination, ran.stderr.trim());
    }
    parse(&ran.stdout, model)
}

/// The mutants of a list, without the markers of the skeleton.
fn parse(list: &str, model: &str) -> Result<Vec<Mutant>> {
    let described: Vec<Described> = serde_json::from_str(list)
        .with_context(|| format!("the list of cargo-mutants is unknown; {INSTALL}"))?;
    let plain = skeleton::without_markers(model);
    let in_model = described.into_iter().filter(|mutant| mutant.file.ends_with("src/lib.rs"));
    let mutants = in_model.map(|mutant| {
        let place = |at: &Position| {
            let place = offset(model, at);
            place.with_context(|| format!("cargo-mutants names line {} of the model", at.line))
        };
        let range = place(&mutant.span.start)?..place(&mutant.span.end)?;
        let source = edit::apply(model, vec![Edit::replace(range, mutant.replacement)]);
        let source = skeleton::without_markers(&source);
        let (_, what) = mutant.name.split_once(": ").unwrap_or(("", &mutant.name));
        let operator = format!("cargo-mutants: {what}");
        Ok(Mutant { operator, change: Change::between(&plain, &source), source })
    });
    mutants.collect()
}

/// The place of a line and column in a text, in bytes.
fn offset(text: &str, at: &Position) -> Option<usize> {
    let line_start: usize =
        text.split_inclusive('\n').take(at.line.checked_sub(1)?).map(str::len).sum();
    let line = text[line_start..].split_inclusive('\n').next()?;
    let mut places = line.char_indices().map(|(place, _)| place).chain([line.len()]);
    Some(line_start + places.nth(at.column.checked_sub(1)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = "\
// skeleton: // Yours.
// solution:
// Mine · here.
// end
fn f(n: usize) -> bool {
    // skeleton: todo!()
    // solution:
    n /* · */ == 0
    // end
}
";

    fn list_of_one(start: usize, end: usize) -> String {
        format!(
            r#"[{{"name": "s/src/lib.rs:8:15: replace == with != in f", "file": "s/src/lib.rs", "genre": "BinaryOperator",
                 "span": {{"start": {{"line": 8, "column": {start}}}, "end": {{"line": 8, "column": {end}}}}}, "replacement": "!="}}]"#
        )
    }

    #[test]
    fn columns_are_counted_in_characters_and_the_markers_are_gone() {
        let mutants = parse(&list_of_one(15, 17), MODEL).unwrap();
        assert_eq!(
            mutants[0].source,
            "// Mine · here.\nfn f(n: usize) -> bool {\n    n /* · */ != 0\n}\n"
        );
        assert_eq!(mutants[0].change.text(), "@@ fn f\n-n /* · */ == 0\n+n /* · */ != 0\n");
        assert_eq!(mutants[0].operator, "cargo-mutants: replace == with != in f");
    }

    #[test]
    fn a_list_that_does_not_fit_the_model_is_refused() {
        assert!(parse(&list_of_one(15, 99), MODEL).is_err());
        assert!(parse("[{}]", MODEL).unwrap_err().to_string().contains("cargo install"));
    }
}
