//! What a mutant changes, as lines: how it is shown to an author, and recognised in the list of equivalent ones.

use std::ops::Range;

use similar::{ChangeTag, TextDiff};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Block, ImplItemFn, ItemFn, Signature};

/// The changed lines of a model, in the format of a known submission's patch, without indentation: the same wherever the lines
/// stand in the file. Two equal changes of one function, at different places, have one value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change(String);

impl Change {
    pub fn between(model: &str, mutant: &str) -> Self {
        let functions = functions(model);
        let diff = TextDiff::from_lines(model, mutant);
        let mut patch = String::new();
        for operation in diff.ops() {
            let changes = diff.iter_changes(operation);
            let lines = changes.filter_map(|change| match (change.tag(), change.value().trim()) {
                (ChangeTag::Equal, _) | (_, "") => None,
                (ChangeTag::Delete, line) => Some(format!("-{line}\n")),
                (ChangeTag::Insert, line) => Some(format!("+{line}\n")),
            });
            let lines: String = lines.collect();
            if !lines.is_empty() {
                let first = operation.old_range().start;
                let function = functions.iter().rev().find(|(lines, _)| lines.contains(&first));
                let name = function.map_or(String::new(), |(_, name)| format!(" {name}"));
                patch.push_str(&format!("@@{name}\n{lines}"));
            }
        }
        Self(patch)
    }

    /// Reads a change that an author has written down; indentation and blank lines do not count.
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        Self(
            lines
                .map(|line| match line.split_at_checked(1) {
                    Some((sign @ ("-" | "+"), code)) => format!("{sign}{}\n", code.trim()),
                    _ => format!("{line}\n"),
                })
                .collect(),
        )
    }

    pub fn text(&self) -> &str {
        &self.0
    }
}

/// The lines of every function, from 0 on, and a piece of its first line that no other function's has. An inner function comes
/// after the one around it.
fn functions(source: &str) -> Vec<(Range<usize>, String)> {
    #[derive(Default)]
    struct Functions(Vec<(Range<usize>, String)>);

    impl Functions {
        fn add(&mut self, signature: &Signature, block: &Block) {
            let first = signature.span().start().line - 1;
            let lines = first..block.span().end().line;
            self.0.push((lines, format!("fn {}", signature.ident)));
        }
    }

    impl<'ast> Visit<'ast> for Functions {
        fn visit_item_fn(&mut self, function: &'ast ItemFn) {
            self.add(&function.sig, &function.block);
            visit::visit_item_fn(self, function);
        }

        fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
            self.add(&function.sig, &function.block);
            visit::visit_impl_item_fn(self, function);
        }
    }

    let mut functions = Functions::default();
    if let Ok(file) = syn::parse_file(source) {
        functions.visit_file(&file);
    }
    let lines: Vec<&str> = source.lines().collect();
    let found = functions.0.clone();
    let is_ambiguous = |name: &str| found.iter().filter(|(_, other)| other == name).count() > 1;
    for (at, name) in &mut functions.0 {
        if is_ambiguous(name) {
            *name = lines[at.start].trim().to_owned();
        }
    }
    functions.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = "\
use std::cmp;

fn sum(n: usize) -> f64 {
    let a = 0.0;
    let b = 1.0;
    let c = 2.0;
    a + b + c
}

impl First {
    fn close(self) {}
}

impl Second {
    fn close(&self) {
        wait();
    }
}
";

    fn change(old: &[&str], new: &[&str]) -> String {
        let mutant =
            old.iter().zip(new).fold(MODEL.to_owned(), |text, (old, new)| text.replace(old, new));
        Change::between(MODEL, &mutant).text().to_owned()
    }

    #[test]
    fn lines_that_do_not_follow_each_other_are_hunks_of_their_own() {
        assert_eq!(
            change(&["let a = 0.0", "let c = 2.0"], &["let a = 1.0", "let c = 3.0"]),
            "@@ fn sum\n-let a = 0.0;\n+let a = 1.0;\n@@ fn sum\n-let c = 2.0;\n+let c = 3.0;\n"
        );
    }

    #[test]
    fn functions_of_the_same_name_are_told_apart_by_their_first_lines() {
        assert_eq!(change(&["        wait();\n"], &[""]), "@@ fn close(&self) {\n-wait();\n");
        assert_eq!(
            change(&["use std::cmp;"], &["use std::fmt;"]),
            "@@\n-use std::cmp;\n+use std::fmt;\n"
        );
    }

    #[test]
    fn a_change_that_is_written_down_is_recognised_wherever_its_lines_have_moved() {
        let moved = format!("// One line more.\n{MODEL}").replace("    let b", "        let b");
        let now = Change::between(&moved, &moved.replace("b = 1.0", "b = 1.5"));
        assert_eq!(Change::parse("  @@ fn sum\n  -    let b = 1.0;\n\n+    let b = 1.5;\n"), now);
    }
}
