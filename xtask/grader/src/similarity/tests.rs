use std::collections::BTreeSet;
use std::fs;
use std::io::{Seek, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::*;
use crate::corpus::Corpus;

fn fingerprint(code: &str) -> Option<String> {
    token_fingerprint(&[SourceFile::root(code.to_owned())])
}

/// The known submissions and the model of the lessons whose folders begin so: their names and sources.
fn known_sources(lesson: &str) -> Vec<(String, String)> {
    let solutions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../solutions");
    let mut sources = Vec::new();
    for solution in fs::read_dir(solutions).unwrap() {
        let solution = solution.unwrap();
        let folder = solution.file_name().into_string().unwrap();
        if !folder.starts_with(lesson) {
            continue;
        }
        let model = fs::read_to_string(solution.path().join("src/lib.rs")).unwrap();
        sources.push((folder.clone(), model));
        let corpus = Corpus::read(&solution.path()).unwrap();
        assert_eq!(corpus.faults, [""; 0], "{folder}");
        let known = corpus.submissions.into_iter();
        sources.extend(known.map(|known| (format!("{folder}/{}", known.name), known.source)));
    }
    sources
}

#[test]
fn formatting_and_comments_make_no_difference() {
    let plain = "use std::ops::Range;\nuse rayon::prelude::*;\n\npub fn f(a: &[u8]) -> u8 {\n    a.iter().map(|x| x + 1).sum()\n}\n";
    for same in [
        "use rayon::prelude::*;use std::ops::{Range};pub fn f(a:&[u8],)->u8{a.iter().map(|x|x+1).sum()}",
        "//! Mine.\r\nuse std::ops::Range;\r\n\r\nuse rayon::prelude::*;\r\n/// Sums /* nothing */.\r\npub fn f(\r\n\ta: &[u8], // bytes\r\n) -> u8 {\r\n\ta.iter().map(|x| { x + 1 }).sum() }",
    ] {
        assert_eq!(fingerprint(same), fingerprint(plain), "{same}");
    }
}

#[test]
fn every_other_difference_counts() {
    let codes = [
        "fn f(a: u8) -> u8 { a + 1 }",
        "fn f(b: u8) -> u8 { b + 1 }",
        "fn f(a: u8) -> u8 { a + 2 }",
        "fn f(a: u8) -> u8 { a - 1 }",
        "fn f(a: u8) -> u8 { { a; } a + 1 }",
        "fn f(a: u8) -> u8 { { a; a + 1 } }",
        "#[inline] fn f(a: u8) -> u8 { a + 1 }",
        "fn f(a: u8) -> &str { \"a + 1\" }",
        "fn f(a: u8) -> &str { \"a  + 1\" }",
        "fn f(a: u8) -> [u8; 1] { [a, -1] }",
        "fn f(a: u8) -> [u8; 1] { [a - 1] }",
        "",
    ];
    let different: BTreeSet<_> = codes.iter().map(|code| fingerprint(code).expect(code)).collect();
    assert_eq!(different.len(), codes.len());
}

#[test]
fn a_string_cannot_imitate_the_tokens_around_it() {
    let two_strings = fingerprint("f(\"a\",\"b\")");
    assert_ne!(fingerprint("f(\"a\n,\nb\")"), two_strings);
}

#[test]
fn the_files_and_their_names_count() {
    let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
    let one = token_fingerprint(&[file("lib.rs", "mod a; fn f() {}")]);
    let two = token_fingerprint(&[file("a.rs", "fn f() {}"), file("lib.rs", "mod a;")]);
    let renamed = token_fingerprint(&[file("b.rs", "fn f() {}"), file("lib.rs", "mod a;")]);
    assert!(one != two && two != renamed && one.is_some() && two.is_some() && renamed.is_some());
}

#[test]
fn rustfmt_does_not_change_the_fingerprint_of_a_known_submission() {
    // The lesson with the most code, in narrow lines, so that much of it changes.
    for (name, source) in known_sources("06") {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(source.as_bytes()).unwrap();
        file.rewind().unwrap();
        let formatted = Command::new("rustfmt")
            .args(["--edition", "2024", "--config", "max_width=50,hard_tabs=true"])
            .stdin(file)
            .stderr(Stdio::inherit())
            .output()
            .expect("rustfmt: `rustup component add rustfmt` installs it");
        let formatted = String::from_utf8(formatted.stdout).unwrap();
        assert!(formatted.contains("\n\t"), "{name}");
        assert_eq!(fingerprint(&formatted), fingerprint(&source), "{name}");
    }
}

#[test]
fn known_submissions_are_all_told_apart() {
    let mut seen = BTreeMap::new();
    for (name, source) in known_sources("") {
        let other = seen.insert(fingerprint(&source).unwrap(), name.clone());
        assert_eq!(other, None, "the same as {name}");
    }
    assert!(seen.len() > 100, "{} submissions", seen.len());
}

#[test]
fn text_that_is_not_rust_has_no_fingerprint() {
    for garbage in ["fn f( {", "fn f() }", "\"", "'", "/*", "\u{0}", "#!/bin/sh \" ("] {
        assert_eq!(fingerprint(garbage), None, "{garbage:?}");
    }
}

#[test]
fn no_code_overflows_the_stack() {
    // The size limit of a file. Each of these nests or repeats something, or makes `sort_imports` search far.
    let size = 256 * 1024;
    for (open, close) in [
        ("(", ")"),
        ("{", "}"),
        ("=>{", "}"),
        ("|{", "}"),
        ("[{(", ")}]"),
        ("{use ", "}"),
        ("", "{}"),
        ("", ","),
        ("", "use "),
        ("", "pub use a;"),
        ("", "//!\n"),
        ("", "#![doc=a]"),
    ] {
        let times = size / (open.len() + close.len());
        let code = open.repeat(times) + &close.repeat(times);
        assert!(fingerprint(&code).is_some(), "{open}…{close}");
    }
}

#[test]
fn students_with_the_same_code_are_named_together() {
    let record = |student: &str, lesson: &str, fingerprint: &str, outcome| {
        let mut record = Record::new(student, Some(lesson), outcome, "");
        record.token_fingerprint = (!fingerprint.is_empty()).then(|| fingerprint.to_owned());
        record
    };
    let records = [
        record("eve", "02-b", "x", Outcome::Passed),
        record("ann", "02-b", "x", Outcome::Failed),
        record("bob", "02-b", "y", Outcome::Passed),
        record("cyd", "01-a", "x", Outcome::Passed),
        record("dan", "02-b", "skeleton", Outcome::NotStarted),
        record("fay", "02-b", "skeleton", Outcome::NotStarted),
        record("gus", "02-b", "", Outcome::DidNotCompile),
        record("hal", "02-b", "", Outcome::DidNotCompile),
        record("ida", "03-c", "model", Outcome::Passed),
    ];
    let models = BTreeMap::from([("03-c".to_owned(), "model".to_owned())]);
    let groups: Vec<_> =
        same_code_groups(&records, &models).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(groups.join("\n"), @"
    02-b: the same code after formatting: ann, eve
    03-c: the same code after formatting: ida, the model solution
    ");
}
