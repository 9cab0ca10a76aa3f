//! A submission written as a small patch of its lesson's model.
//!
//! ```text
//! // Comments come first.
//! @@ fn chunk_ranges
//!  let longer_by_one = n % chunks;
//! -let start_of = |chunk: usize| chunk * shortest + chunk.min(longer_by_one);
//! +let start_of = |chunk: usize| chunk * shortest;
//! @@ fn integrate<
//! -...
//! +let dx = (b - a) / n as f64;
//! +integrate_range(&f, a, dx, 0..n)
//! @@
//! +use std::thread;
//! ```
//!
//! A patch is a list of hunks. Each begins with a line `@@`, which may name an item of the model: a piece of the line that
//! begins it, such as `fn map` or `impl Drop for Worker`. A hunk changes lines inside of its item, or anywhere if it names none:
//!
//! - Lines that begin with a space stay, those with `-` go, those with `+` come. Old lines are compared without their
//!   indentation, blank lines are skipped, and no line has a number: the old lines must occur exactly once.
//! - `-...` removes all lines up to the next old line, or to the end of the item's body. As the first old line it removes from the
//!   beginning of the body, so that alone it removes the whole body.
//! - A hunk that only adds does so at the beginning of the item's body, or at the end of the file.

use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};

/// Stands for all lines between its neighbours.
const ELISION: &str = "...";

const MODEL_CHANGED: &str = "the model has changed, or this was never in it: compare with `src/lib.rs` of the solution, and correct the old lines";

#[derive(Debug)]
struct Hunk<'a> {
    /// The line of the patch in which it begins.
    line: usize,
    item: Option<&'a str>,
    changes: Vec<Change<'a>>,
}

#[derive(Clone, Copy, Debug)]
enum Change<'a> {
    Keep(&'a str),
    Remove(&'a str),
    RemoveUntilNext,
    Add(&'a str),
}

/// Lines of the model and what takes their place.
struct Edit {
    old: Range<usize>,
    new: Vec<String>,
}

/// The source of `model` after `patch`.
///
/// # Errors
///
/// Names the line of the patch that cannot be read, or the hunk whose old lines the model does not have exactly once.
pub fn apply(patch: &str, model: &str) -> Result<String> {
    let model: Vec<&str> = model.lines().collect();
    let mut edits = Vec::new();
    for hunk in parse(patch)? {
        let edit =
            hunk.locate(&model).with_context(|| format!("the hunk in line {}", hunk.line))?;
        edits.push(edit);
    }
    ensure!(!edits.is_empty(), "no line begins with `@@`");
    // A stable sort: hunks that add at the same place keep their order.
    edits.sort_by_key(|edit| edit.old.start);
    let mut source = String::new();
    let mut done = 0;
    for Edit { old, new } in edits {
        ensure!(
            done <= old.start,
            "two hunks change the model's line `{}`",
            model[old.start].trim()
        );
        push_lines(&mut source, &model[done..old.start]);
        push_lines(&mut source, &new);
        done = old.end;
    }
    push_lines(&mut source, &model[done..]);
    Ok(source)
}

fn push_lines(source: &mut String, lines: &[impl AsRef<str>]) {
    for line in lines {
        source.push_str(line.as_ref());
        source.push('\n');
    }
}

fn parse(patch: &str) -> Result<Vec<Hunk<'_>>> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let numbered = patch.lines().zip(1..);
    let body = numbered.skip_while(|(line, _)| line.starts_with("//") || line.trim().is_empty());
    for (text, line) in body {
        if let Some(item) = text.strip_prefix("@@") {
            let item = Some(item.trim()).filter(|item| !item.is_empty());
            let changes = Vec::new();
            hunks.push(Hunk { line, item, changes });
            continue;
        }
        let hunk = hunks
            .last_mut()
            .with_context(|| format!("line {line} stands before the first `@@`"))?;
        let (sign, rest) = text.split_at_checked(1).unwrap_or(("", text));
        hunk.changes.push(match (sign, rest.trim()) {
            ("+", _) => Change::Add(rest),
            (_, "") => continue,
            ("-", ELISION) => Change::RemoveUntilNext,
            ("-", old) => Change::Remove(old),
            (" ", old) => Change::Keep(old),
            _ => bail!("line {line} begins with neither ` `, `-`, `+` nor `@@`"),
        });
    }
    Ok(hunks)
}

impl Hunk<'_> {
    fn locate(&self, model: &[&str]) -> Result<Edit> {
        ensure!(!self.changes.is_empty(), "says nothing");
        let item = self.item.map(|name| Item::find(name, model)).transpose()?;
        if self.changes.iter().all(|change| matches!(change, Change::Add(_))) {
            let at = item.map_or(model.len(), |item| item.body.start);
            return Ok(Edit { old: at..at, new: self.new_lines(&[], model) });
        }
        // With the lines that open and close the item.
        let scope = item.as_ref().map_or(0..model.len(), |item| item.first..item.body.end + 1);
        let old: Vec<_> = self.changes.iter().filter_map(Change::old).collect();
        let mut kept_and_removed: Vec<usize> = Vec::new();
        for run in old.split(Option::is_none).filter(|run| !run.is_empty()) {
            let run: Vec<&str> = run.iter().copied().flatten().collect();
            let found = find_once(&run, scope.clone(), model)?;
            let in_order = kept_and_removed.last().is_none_or(|last| *last < found[0]);
            ensure!(in_order, "its old lines stand in another order");
            kept_and_removed.extend(found);
        }
        let body = || {
            let item = item.as_ref().map(|item| item.body.clone());
            item.context("`-...` at an end of a hunk needs the name of an item after `@@`")
        };
        let start = match (old.first(), kept_and_removed.first()) {
            (Some(Some(_)), Some(first)) => *first,
            _ => body()?.start,
        };
        let end = match (old.last(), kept_and_removed.last()) {
            (Some(Some(_)), Some(last)) => last + 1,
            _ => body()?.end,
        };
        ensure!(start <= end, "`-...` reaches outside of the item's body");
        Ok(Edit { old: start..end, new: self.new_lines(&kept_and_removed, model) })
    }

    /// What the hunk leaves; `old` are the places in the model of the lines that it keeps or removes.
    fn new_lines(&self, old: &[usize], model: &[&str]) -> Vec<String> {
        let mut old = old.iter();
        let lines = self.changes.iter().filter_map(|change| match change {
            Change::Keep(_) => old.next().map(|place| model[*place].to_owned()),
            Change::Remove(_) => {
                old.next();
                None
            }
            Change::RemoveUntilNext => None,
            Change::Add(line) => Some((*line).to_owned()),
        });
        lines.collect()
    }
}

impl<'a> Change<'a> {
    /// An old line; `Some(None)` for the elision.
    fn old(&self) -> Option<Option<&'a str>> {
        match *self {
            Self::Keep(line) | Self::Remove(line) => Some(Some(line)),
            Self::RemoveUntilNext => Some(None),
            Self::Add(_) => None,
        }
    }
}

/// Where the lines of `run` follow each other within `scope`: once, apart from indentation and blank lines.
fn find_once(run: &[&str], scope: Range<usize>, model: &[&str]) -> Result<Vec<usize>> {
    let places: Vec<usize> = scope.filter(|place| !model[*place].trim().is_empty()).collect();
    let matches =
        |window: &&[usize]| (window.iter().zip(run)).all(|(at, old)| model[*at].trim() == *old);
    let mut found = places.windows(run.len()).filter(matches);
    let old = run.join("\n    ");
    let first = found.next().with_context(|| format!("{MODEL_CHANGED}:\n    {old}"))?;
    let only = found.next().is_none();
    ensure!(
        only,
        "the model has these lines more than once; add a line that tells them apart, or name the item after `@@`:\n    {old}"
    );
    Ok(first.to_vec())
}

/// An item of the model whose body takes lines between braces.
struct Item {
    first: usize,
    body: Range<usize>,
}

impl Item {
    fn find(name: &str, model: &[&str]) -> Result<Self> {
        let begins = |place: &usize| {
            let line = model[*place].trim_start();
            !line.starts_with("//") && has_words(line, name)
        };
        let mut found = (0..model.len()).filter(begins);
        let first = found.next().with_context(|| {
            format!(
                "the model has changed, or never had `{name}`: correct what is named after `@@`"
            )
        })?;
        let only = found.next().is_none();
        ensure!(
            only,
            "`{name}` stands in several lines of the model: name more of the item's first line"
        );
        let indent = model[first].len() - model[first].trim_start().len();
        let closes = |line: &&str| line[..].trim_end() == format!("{:indent$}}}", "");
        let rest = &model[first..];
        let opening = rest.iter().position(|line| line.trim_end().ends_with('{'));
        let closing = rest.iter().position(closes);
        match (opening, closing) {
            (Some(opening), Some(closing)) if opening < closing => {
                Ok(Self { first, body: first + opening + 1..first + closing })
            }
            _ => bail!("`{name}` has no body in lines of its own between braces"),
        }
    }
}

/// Whether `words` occur in the line, and neither end is in the middle of a name.
fn has_words(line: &str, words: &str) -> bool {
    let in_name = |letter: Option<char>| letter.is_some_and(|l| l.is_alphanumeric() || l == '_');
    line.match_indices(words).any(|(start, _)| {
        let (before, after) = (&line[..start], &line[start + words.len()..]);
        let cuts_start = in_name(before.chars().next_back()) && in_name(words.chars().next());
        let cuts_end = in_name(words.chars().next_back()) && in_name(after.chars().next());
        !cuts_start && !cuts_end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = "\
use std::cmp;

/// As fn twice says.
pub fn once(a: u32) -> u32 {
    let b = a;

    b
}

impl Shape {
    fn area<T>(
        &self,
    ) -> u32
    {
        let b = 3;
        if b == 2 {
            return 1;
        }
        b
    }
}
";

    fn apply_to_model(patch: &str) -> String {
        apply(patch, MODEL).unwrap()
    }

    #[test]
    fn a_hunk_is_found_by_its_old_lines_without_indentation_or_blank_lines() {
        let patch = "// rejected: never\n// Why.\n\n@@\n let b = a;\n-b\n+b + 1\n+\n";
        let once = "    let b = a;\nb + 1\n\n}";
        assert_eq!(apply_to_model(patch), MODEL.replace("    let b = a;\n\n    b\n}", once));
    }

    #[test]
    fn an_item_tells_lines_apart_that_occur_twice() {
        let changed = apply_to_model("@@ fn area\n-b\n+7\n");
        assert_eq!(changed, MODEL.replace("        b\n", "7\n"));
    }

    #[test]
    fn an_elision_removes_a_body_or_a_part_of_it() {
        let body = "        let b = 3;\n        if b == 2 {\n            return 1;\n        }\n        b\n";
        for (patch, left) in [
            ("@@ fn area\n-...\n+7\n", "7\n"),
            ("@@ fn area\n-...\n b\n", "        b\n"),
            ("@@ fn area\n let b = 3;\n-...\n+7\n", "        let b = 3;\n7\n"),
            ("@@ fn area\n-if b == 2 {\n-...\n-return 1;\n-}\n", "        let b = 3;\n        b\n"),
        ] {
            assert_eq!(apply_to_model(patch), MODEL.replace(body, left), "{patch}");
        }
    }

    #[test]
    fn a_hunk_that_only_adds_does_so_at_the_start_of_the_body_or_at_the_end() {
        let changed = apply_to_model("@@ fn once\n+first();\n@@\n+use std::fmt;\n");
        let expected = MODEL.replace("    let b = a;", "first();\n    let b = a;");
        assert_eq!(changed, expected + "use std::fmt;\n");
    }

    #[test]
    fn a_fault_is_named_with_its_line_and_what_to_do() {
        for (patch, fault) in [
            (
                "// rejected: x\n@@ fn once\n-let c = a;\n",
                "the hunk in line 2: the model has changed",
            ),
            ("// rejected: x\n@@ fn once\n-let c = a;\n", "the old lines:\n    let c = a;"),
            ("@@ fn once\n-let b = 3;\n", "the model has changed"),
            ("@@ fn twice\n-b\n", "never had `fn twice`"),
            ("@@\n-b\n", "the model has these lines more than once"),
            ("@@ b\n+a\n", "stands in several lines"),
            ("@@\n-...\n", "needs the name of an item"),
            ("@@\n-let b = a;\n@@\n-let b = a;\n", "two hunks change"),
            ("@@\n-b\nlet b", "line 3 begins with neither ` `, `-`, `+` nor `@@`"),
            ("// a\n-b", "line 2 stands before the first `@@`"),
            ("// a", "no line begins with `@@`"),
            ("@@ fn once\n", "the hunk in line 1: says nothing"),
        ] {
            let said = format!("{:#}", apply(patch, MODEL).unwrap_err());
            assert!(said.contains(fault), "{patch}: {said}");
        }
    }

    #[test]
    fn an_item_is_named_by_whole_words() {
        assert!(has_words("pub fn map<T>(", "fn map"));
        assert!(has_words("pub fn map<T>(", "map<"));
        assert!(!has_words("pub fn mapped(", "fn map"));
        assert!(!has_words("pub fn map(", "ap"));
    }
}
