//! A student's folder, with a line for each entry, as in the tests of `plan`: `a/` is a folder, `a` a file, `a@` a link, `a|` a
//! pipe and `a?` a folder that cannot be read. The names are any bytes but `/` and a line break.

#![no_main]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path};

use grader::intake::entry::{Entry, EntryKind, is_hidden, is_searched};
use grader::intake::plan::{SubmissionFiles, Lessons, Plan, plan};
use grader::sanitize;
use libfuzzer_sys::fuzz_target;

const KNOWN: [&str; 2] = ["01-refactor-to-map", "02-chunked-integration"];

fuzz_target!(|input: &[u8]| {
    let entries: Vec<_> = input.split(|&byte| byte == b'\n').filter_map(entry).collect();
    for entry in &entries {
        let around = entry.path.parent().expect("a path of names");
        assert!(!is_searched(&entry.path) || is_searched(around), "{around:?}");
    }
    for only in [None, Some(KNOWN[1])] {
        let lessons = Lessons {
            known: &KNOWN,
            only,
        };
        match plan(&entries, lessons) {
            Ok(plan) => holds(&plan, &entries, only),
            Err(refusal) => assert!(claims::is_a_harmless_line(&refusal.to_string())),
        }
    }
});

fn entry(line: &[u8]) -> Option<Entry> {
    let (last, before) = line.split_last()?;
    let (path, kind) = match last {
        b'/' => (before, EntryKind::Folder),
        b'@' => (before, EntryKind::Link),
        b'|' => (before, EntryKind::Special),
        b'?' => (before, EntryKind::Unreadable("permission denied".to_owned())),
        _ => (line, EntryKind::File),
    };
    let path = Path::new(OsStr::from_bytes(path));
    // The system lists plain names only.
    let are_names = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let path = path.components().as_path().to_owned();
    (are_names && !path.as_os_str().is_empty()).then_some(Entry { path, kind })
}

fn holds(plan: &Plan, entries: &[Entry], only: Option<&str>) {
    assert!(plan.unknown.iter().all(|name| claims::is_a_harmless_line(name)));
    assert!(plan.submissions.is_sorted_by(|one, other| one.lesson < other.lesson));
    for planned in &plan.submissions {
        assert!(KNOWN.contains(&&*planned.lesson));
        assert!(only.is_none_or(|only| planned.lesson == only));
        match &planned.files {
            Ok(files) => are_taken(files, entries),
            Err(refusal) => assert!(claims::is_a_harmless_line(&refusal.to_string())),
        }
    }
}

/// Every file to read is code with a plain name, and no folder above it is a link or hidden.
fn are_taken(files: &SubmissionFiles, entries: &[Entry]) {
    assert!(files.ignored.iter().all(|name| claims::is_a_harmless_line(name)));
    assert!(files.code.len() <= 64 && files.code.is_sorted());
    assert!(files.code.iter().any(|path| path == Path::new("lib.rs")));
    for path in &files.code {
        assert!(path.iter().all(|name| name.to_str().is_some_and(sanitize::is_plain)));
        assert!(!path.iter().any(is_hidden));
        assert!(path.extension().is_some_and(|extension| extension == "rs"));
        let whole = files.root.join(path);
        let last = |path: &Path| entries.iter().rfind(|entry| entry.path == path);
        assert_eq!(last(&whole).map(|entry| &entry.kind), Some(&EntryKind::File));
    }
    // Only folders that were searched: the walk lists a folder before its entries.
    for around in files.root.ancestors().take(2) {
        let kind = entries.iter().rfind(|entry| entry.path == around);
        let is_link = kind.is_some_and(|entry| matches!(entry.kind, EntryKind::Link | EntryKind::Special));
        assert!(!is_link || around == files.root.parent().unwrap_or(Path::new("")));
    }
}
